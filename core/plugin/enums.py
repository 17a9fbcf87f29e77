"""The words of a plan as closed lists; values are the lower-case names of the glossary."""

from enum import StrEnum


class SubjectKind(StrEnum):
    """Whom a criterion, a standard or an award is for."""

    COLLECTIVE = "collective"
    INDIVIDUAL = "individual"
    OTHER = "other"


class Occasion(StrEnum):
    """When an award is given (dịp khen thưởng)."""

    ANNUAL = "annual"
    AD_HOC = "ad_hoc"
    PRELIMINARY_REVIEW = "preliminary_review"
    FINAL_REVIEW = "final_review"


class ReportKind(StrEnum):
    """What kind of report a unit owes."""

    PLAN = "plan"
    ANNUAL = "annual"
    PRELIMINARY_REVIEW = "preliminary_review"
    FINAL_REVIEW = "final_review"
    ON_REQUEST = "on_request"


class Action(StrEnum):
    """Who moves an award: we sign it, we ask a higher level for it, or the plan only lists it."""

    DECIDE = "decide"
    PROPOSE = "propose"
    FORWARD = "forward"


class Level(StrEnum):
    """A step of the ladder on which reports travel."""

    SUBUNIT = "subunit"
    UNIT = "unit"
    DEPARTMENT = "department"
    HIGHER = "higher"


class Applicability(StrEnum):
    """Whether a criterion already counts."""

    ALWAYS = "always"
    AWAITING_GUIDANCE = "awaiting_guidance"
    CONDITIONAL = "conditional"


class Comparison(StrEnum):
    """How a figure is compared with its target."""

    AT_LEAST = ">="
    MORE_THAN = ">"
    EQUAL = "="
    RANK_BETWEEN = "rank_between"


class Requirement(StrEnum):
    """A paper that a criterion asks for."""

    DIGITAL_SKILLS_CERTIFICATE = "digital_skills_certificate"


class PlanSource(StrEnum):
    """Who wrote the plan: the department, or a unit inside it."""

    DEPARTMENT = "department plan"
    UNIT = "unit plan"


class CitationRole(StrEnum):
    """Whether the plan rests on a document or only names it."""

    BASIS = "basis"
    CITED = "cited"


class PartKind(StrEnum):
    """What a part of a report holds."""

    CRITERION = "criterion"
    INDICATORS = "indicators"
    INITIATIVES = "initiatives"
    DIFFICULTIES_PROPOSALS = "difficulties_proposals"


class FindingState(StrEnum):
    """Outcome of one rule for one nomination."""

    MET = "met"
    NOT_MET = "not_met"
    PENDING = "pending"
    NEEDS_JUDGEMENT = "needs_judgement"


class Rating(StrEnum):
    """Yearly quality rating (xếp loại chất lượng), worst first."""

    NOT_COMPLETED = "not_completed"
    COMPLETED = "completed"
    COMPLETED_WELL = "completed_well"
    COMPLETED_EXCELLENTLY = "completed_excellently"


class SettingKind(StrEnum):
    """Type of a value that the department may set."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    DAY_OF_YEAR = "day_of_year"


class UnitKind(StrEnum):
    """Kind of a unit in a demo tree."""

    DEPARTMENT_OFFICE = "department_office"
    HOSPITAL = "hospital"
    CENTER = "center"
    COMMUNE_STATION = "commune_station"
    SUBUNIT = "subunit"
