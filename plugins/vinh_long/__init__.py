"""Plugin of Vĩnh Long; the department wrote the plan.

Texts and dates: ``plan.toml``; judgement: ``rules.py``.
"""

from plugins.vinh_long.rules import PLAN, eligibility

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
