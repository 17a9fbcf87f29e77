"""Facts that go into a judgement, and findings that come out."""

from core.plugin.enums import FindingState, Occasion, Rating, SubjectKind
from core.plugin.plan import Value


class EligibilityRequest(Value, frozen=True):
    """What is known of a nominated subject; None always means "not known yet".

    Ranks are places (1 is best), years are calendar years.
    """

    award: str
    subject_kind: SubjectKind
    year: int
    occasion: Occasion | None = None
    rating: Rating | None = None
    leadership_rating: Rating | None = None
    internal_unity: bool | None = None
    obeys_law: bool | None = None
    movement_organised: bool | None = None
    clear_change: bool | None = None
    has_initiative: bool | None = None
    has_contributions: bool | None = None
    digital_skills_certificate: bool | None = None
    ranked_by_dti: bool | None = None
    dti_guidance_issued: bool | None = None
    dti_rank: float | None = None
    within_quota: bool | None = None


class EligibilityFinding(Value, frozen=True):
    """Outcome of one rule: the rule's words, why, and where the rule stands.

    ``weighs`` False: the rule does not apply yet; it is shown and shuts nobody out.

    .. versionchanged:: 1.2
       ``weighs``.
    """

    rule: str
    state: FindingState
    text: str
    reason: str
    reference: str
    weighs: bool = True


class EligibilityResult(Value, frozen=True):
    """All findings for one nomination."""

    findings: tuple[EligibilityFinding, ...]


class ScoredPart(Value, frozen=True):
    """Points given for one criterion; ``maximum`` None where no maximum is set."""

    criterion_id: str
    maximum: float | None = None
    points: float | None = None


class ScoreRequest(Value, frozen=True):
    """Argument of ``score``: the points of every criterion of one subject in one year."""

    subject_kind: SubjectKind
    year: int
    parts: tuple[ScoredPart, ...]


class ScoreResult(Value, frozen=True):
    """A sum of points, or None with a note where nothing can be summed."""

    total: float | None
    maximum: float | None
    note: str
