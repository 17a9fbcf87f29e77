"""The hooks of a province plugin. Each is synchronous, takes one frozen value, returns one.

Content hooks say what the plan says and are called when an edition is drawn up. Judging
hooks (``eligibility``, ``score``) run in a helper process with a budget of two seconds.
"""

# mypy: disable-error-code="empty-body"

from collections.abc import Callable
from typing import TypeVar

import pluggy

from core.plugin.demo import DemoTree
from core.plugin.forms import (
    ConfigSchema,
    DocumentTemplates,
    DossierRequest,
    DossierRequirements,
    ReportForm,
    ReportFormRequest,
)
from core.plugin.judging import EligibilityRequest, EligibilityResult, ScoreRequest, ScoreResult
from core.plugin.plan import (
    AwardRung,
    ContentRequest,
    Criterion,
    Indicator,
    Movement,
    ProvinceInfo,
    ScheduleRow,
    Standard,
)

PROJECT = "thidua"
API_VERSION = "1.2"

Hook = TypeVar("Hook", bound=Callable[..., object])
_spec = pluggy.HookspecMarker(PROJECT)
_impl = pluggy.HookimplMarker(PROJECT)


def hookimpl(function: Hook) -> Hook:
    """Mark a function as the plugin's implementation of the hook of the same name."""
    return _impl(function)


def default_impl(function: Hook) -> Hook:
    """Mark the platform's own implementation: it answers where the plugin does not."""
    return _impl(function, trylast=True)


def _hook(function: Hook) -> Hook:
    return _spec(function, firstresult=True)


@_hook
def province_info(request: ContentRequest) -> ProvinceInfo:
    """Slug, codes, names, the plan's origin, legal basis, offices, gaps, needed API range.

    Called at load too, so that a plugin for another API version is never asked anything else.

    .. versionadded:: 1.0
    """


@_hook
def movement(request: ContentRequest) -> Movement:
    """Name of the movement in the plan's words, its phases and occasions.

    .. versionadded:: 1.0
    """


@_hook
def criteria(request: ContentRequest) -> tuple[Criterion, ...]:
    """Every criterion, letter for letter, by kind of subject, in the plan's order.

    .. versionadded:: 1.0
    """


@_hook
def standards(request: ContentRequest) -> tuple[Standard, ...]:
    """Award standards in the plan's words; empty where the plan has none.

    .. versionadded:: 1.0
    """


@_hook
def indicators(request: ContentRequest) -> tuple[Indicator, ...]:
    """Measured targets; empty where the plan states no number.

    .. versionadded:: 1.0
    """


@_hook
def reporting_schedule(request: ContentRequest) -> tuple[ScheduleRow, ...]:
    """At least one row for every kind of report; ``stated`` False where the plan is silent.

    .. versionadded:: 1.0
    """


@_hook
def award_ladder(request: ContentRequest) -> tuple[AwardRung, ...]:
    """One rung for each award, kind of subject and occasion that the plan names.

    .. versionadded:: 1.0
    """


@_hook
def eligibility(request: EligibilityRequest) -> EligibilityResult:
    """Hold known facts against the plan's rules; an unknown fact is pending, never met.

    .. versionadded:: 1.0
    """


@_hook
def score(request: ScoreRequest) -> ScoreResult:
    """Sum the points of one subject; by default a plain sum where maxima are set.

    .. versionadded:: 1.0
    """


@_hook
def dossier_requirements(request: DossierRequest) -> DossierRequirements:
    """Papers of a nomination's dossier; by default those of the law.

    .. versionadded:: 1.0
    """


@_hook
def report_form(request: ReportFormRequest) -> ReportForm:
    """Parts of one kind of report; by default one for each collective criterion, then the rest.

    .. versionadded:: 1.0
    """


@_hook
def document_templates(request: ContentRequest) -> DocumentTemplates:
    """Templates that replace the platform's own; by default none.

    .. versionadded:: 1.0
    """


@_hook
def config_schema(request: ContentRequest) -> ConfigSchema:
    """What the department may set; by default nothing.

    .. versionadded:: 1.0
    """


@_hook
def demo(request: ContentRequest) -> DemoTree:
    """Give a believable unit tree for demos and previews; by default an empty one.

    .. versionadded:: 1.0
    """
