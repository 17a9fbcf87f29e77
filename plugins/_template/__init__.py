"""Template of a province plugin: copy this folder into a distribution of your own.

1. Name the package ``thidua_<slug>`` and replace ``plugins._template`` by that name.
2. Fill in ``plan.toml`` from the signed plan, word for word; leave out what it does not say.
3. Put judgement into ``rules.py``; leave a hook out and the platform's own answer stands.
4. Declare the entry point in your ``pyproject.toml``::

       [project.entry-points."thidua.province"]
       tinh_mau = "thidua_tinh_mau"

5. Test it with ``core.plugin.testing.assert_conforms("tinh_mau", "thidua_tinh_mau")``.
"""

from plugins._template.rules import PLAN, eligibility

province_info = PLAN.province_info
movement = PLAN.movement
criteria = PLAN.criteria
standards = PLAN.standards
indicators = PLAN.indicators
reporting_schedule = PLAN.reporting_schedule
award_ladder = PLAN.award_ladder
report_form = PLAN.report_form
config_schema = PLAN.config_schema
demo = PLAN.demo

__all__ = [
    "award_ladder",
    "config_schema",
    "criteria",
    "demo",
    "eligibility",
    "indicators",
    "movement",
    "province_info",
    "report_form",
    "reporting_schedule",
    "standards",
]
