"""A believable unit tree for demos and previews."""

from core.plugin.enums import UnitKind
from core.plugin.plan import Value


class DemoUnit(Value, frozen=True):
    """A unit; ``parent`` is a code or None (directly under the department).

    ``reports`` says whether it owes a report to the unit above it.
    """

    code: str
    name: str
    kind: UnitKind
    parent: str | None = None
    reports: bool = True
    wrote_plan: bool = False


class DemoPerson(Value, frozen=True):
    """A person; ``unit`` is a unit's code, or None for the department's leaders."""

    name: str
    title: str
    unit: str | None = None


class DemoTree(Value, frozen=True):
    """Units (parents before children) and people."""

    units: tuple[DemoUnit, ...] = ()
    people: tuple[DemoPerson, ...] = ()
