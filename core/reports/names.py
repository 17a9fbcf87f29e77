"""The name of a unit in lists of reports, for SQL: r = report, d = its round, u = its unit."""

# The name under which a report was filed; before that, and while it is back, the present one.
NAME = (
    "CASE WHEN r.unit_name <> '' AND (d.state = 'closed'"
    " OR r.state IN ('submitted', 'in_review', 'accepted', 'excused'))"
    " THEN r.unit_name ELSE u.name END"
)
