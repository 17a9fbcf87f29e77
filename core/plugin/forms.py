"""What a report, a dossier, a paper and the department's settings look like."""

from core.plugin.enums import Occasion, PartKind, ReportKind, SettingKind, SubjectKind
from core.plugin.plan import Criterion, Indicator, Value


class ReportFormRequest(Value, frozen=True):
    """Argument of ``report_form``: the kind of report and the plan that it answers."""

    report_kind: ReportKind
    criteria: tuple[Criterion, ...] = ()
    indicators: tuple[Indicator, ...] = ()


class FormPart(Value, frozen=True):
    """A part of a report, filled in and returned on its own.

    ``asked`` is False for a criterion that is shown but does not apply yet (with the reason
    in ``not_asked_reason``); the word counts are guidance and never refuse a text.
    """

    id: str
    kind: PartKind
    title: str
    text: str
    help: str
    criterion_id: str | None = None
    asked: bool = True
    not_asked_reason: str | None = None
    self_assessment: bool = False
    evidence: bool = False
    words_from: int | None = None
    words_to: int | None = None


class ReportForm(Value, frozen=True):
    """The parts of a report in order, and whether the general report may stand in for a text."""

    report_kind: ReportKind
    parts: tuple[FormPart, ...]
    merge_with_general_report: bool = False
    merge_note: str | None = None


class DossierRequest(Value, frozen=True):
    """Argument of ``dossier_requirements``: which nomination the dossier is for."""

    award: str
    subject_kind: SubjectKind
    occasion: Occasion | None = None


class DossierItem(Value, frozen=True):
    """A paper of a dossier with the rule that asks for it."""

    id: str
    text: str
    required: bool
    legal_basis: str


class DossierRequirements(Value, frozen=True):
    """The papers of a dossier in order."""

    items: tuple[DossierItem, ...]


class TemplateRef(Value, frozen=True):
    """A province's own template; ``path`` is relative to the plugin's ``templates`` folder."""

    document_kind: str
    path: str


class DocumentTemplates(Value, frozen=True):
    """Templates that replace the platform's own; empty where the province has none."""

    templates: tuple[TemplateRef, ...] = ()


class ConfigSetting(Value, frozen=True):
    """A value that the plan leaves to the department; ``default`` None means: not set yet.

    ``DAY_OF_YEAR`` is text "dd/mm" and is read as "before that day". ``unit`` is said behind the
    field. ``brings_into_force`` names criteria and indicators that wait for guidance and count
    once this (boolean) setting is true.

    .. versionchanged:: 1.1
       ``unit`` and ``brings_into_force``.
    """

    key: str
    kind: SettingKind
    label: str
    help: str
    default: str | int | float | bool | None = None
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    brings_into_force: tuple[str, ...] = ()


class ConfigSchema(Value, frozen=True):
    """All settings of one province."""

    settings: tuple[ConfigSetting, ...] = ()
