"""How far a department's set-up has come: computed from what is there, never from a mark."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec

from core.accounts import invitations
from core.accounts.schemas import Actor, Role
from core.errors import ThiduaError
from core.identity import service as identity
from core.movements import service as movements
from core.organisation import service as organisation
from core.plugin.errors import PluginError
from core.plugin.manager import LoadedPlugin, installed
from tenants.setup import phrases, repository

TODO, DOING, DONE = "todo", "doing", "done"
PLAN_PAGE = "/quan-tri/ke-hoach"


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One step of the path.

    Attributes:
        state: todo | doing | done.
        missing: in words, what the step still needs.
        notes: in words, what is advisable; the path goes on without it.
        more: further pages of the step: (address, label).
    """

    key: str
    state: str
    address: str
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    more: tuple[tuple[str, str], ...] = ()

    @property
    def title(self) -> str:
        """The step's name."""
        return phrases.STEPS[self.key][0]

    @property
    def words(self) -> str:
        """What the step is for."""
        return phrases.STEPS[self.key][1]

    @property
    def action(self) -> str:
        """The verb on the main button."""
        return phrases.STEPS[self.key][2]


class Progress(msgspec.Struct, frozen=True):
    """All steps in their order."""

    steps: tuple[Step, ...]

    @property
    def done(self) -> int:
        """How many steps are finished."""
        return sum(step.state == DONE for step in self.steps)

    @property
    def next(self) -> Step | None:
        """The first step that holds up the path, else the first that is not finished."""
        blocked = [s for s in self.steps if s.state == TODO or (s.state == DOING and s.missing)]
        unfinished = [step for step in self.steps if step.state != DONE]
        return next(iter([*blocked, *unfinished]), None)


async def progress(*, actor: Actor, plugin_slug: str) -> Progress:
    """Return how far the set-up has come.

    Raises:
        PermissionDeniedError: not the administrator of the department.
    """
    actor.require(Role.TENANT_ADMIN, (await organisation.department()).path)
    facts = await repository.facts()
    return Progress(
        (
            await _identity(actor),
            await _plugin(plugin_slug),
            _units(facts),
            await _accounts(facts, actor),
            await _plan(actor),
            await _publish(),
        )
    )


async def is_unfinished() -> bool:
    """Tell whether the department has not published any plan yet, so that its path goes on."""
    return not await movements.list_editions()


async def plugin_of(slug: str) -> tuple[LoadedPlugin | None, str]:
    """Return the department's plugin, or None with the reason why it cannot be used."""
    try:
        return await asyncio.to_thread(lambda: installed().get(slug)), ""
    except PluginError as error:
        return None, str(error)


async def _identity(actor: Actor) -> Step:
    missing = await identity.missing(actor=actor)
    started = await identity.is_started()
    state = DONE if not missing else DOING if started else TODO
    return Step(
        key="identity", state=state, address="/quan-tri/thong-tin-so", missing=tuple(missing)
    )


async def _plugin(slug: str) -> Step:
    plugin, _ = await plugin_of(slug)
    return Step(
        key="plugin",
        state=DONE if plugin else DOING,
        address="/quan-tri/bo-quy-tac",
        missing=() if plugin else (phrases.NO_PLUGIN,),
    )


def _units(facts: Any) -> Step:
    missing = []
    if not facts["owing"]:
        missing.append(phrases.NO_OWING_UNITS if facts["units"] else phrases.NO_UNITS)
    if not facts["people"]:
        missing.append(phrases.NO_PEOPLE)
    notes = [phrases.THERE_ARE_UNITS.format(units=facts["units"], people=facts["people"])]
    if facts["staged"]:
        notes.insert(0, phrases.LIST_WAITS)
    begun = facts["units"] or facts["people"] or facts["staged"]
    finished = not missing and not facts["staged"]
    return Step(
        key="units",
        state=DONE if not missing else DOING if begun else TODO,
        address="/don-vi" if finished else "/quan-tri/nhap-excel",
        missing=tuple(missing),
        notes=tuple(notes) if begun else (),
        more=(("/don-vi", "Xem cây đơn vị"), ("/quan-tri/nhap-excel", "Nhập từ Excel")),
    )


async def _accounts(facts: Any, actor: Actor) -> Step:
    missing = [sentence for key, sentence in phrases.NO_ACCOUNT.items() if not facts[key]]
    waiting = await invitations.count_waiting(actor=actor)
    notes = []
    if not missing and facts["without_head"]:
        notes.append(phrases.WITHOUT_HEAD.format(count=facts["without_head"]))
    if not missing and facts["without_clerk"]:
        notes.append(phrases.WITHOUT_CLERK.format(count=facts["without_clerk"]))
    if waiting.waiting:
        notes.append(phrases.NOT_COME.format(count=waiting.waiting))
    if facts["admins"] < 2:
        notes.append(phrases.ONE_ADMIN)
    begun = any(facts[key] for key in phrases.NO_ACCOUNT)
    return Step(
        key="accounts",
        state=DONE if not missing else DOING if begun else TODO,
        address="/quan-tri/loi-moi" if waiting.waiting and not missing else "/quan-tri/tai-khoan",
        missing=tuple(missing),
        notes=tuple(notes),
        more=(
            ("/quan-tri/tai-khoan/tao", "Tạo từng tài khoản"),
            ("/quan-tri/nhap-excel", "Nhập từ Excel"),
            ("/quan-tri/loi-moi", "Lời mời và phiếu"),
        ),
    )


async def _plan(actor: Actor) -> Step:
    try:
        lacks = await movements.readiness(actor=actor)
    except ThiduaError as error:
        if error.status not in (409, 503):
            raise
        return Step(key="plan", state=TODO, address=PLAN_PAGE, missing=(error.detail,))
    draft = await movements.get_draft(actor=actor)
    begun = any(section.version for section in draft.sections.values())
    begun = begun or not await is_unfinished()
    return Step(
        key="plan",
        state=DONE if not lacks else DOING if begun else TODO,
        address=PLAN_PAGE,
        missing=tuple(lack.sentence for lack in lacks if lack.is_blocking),
        notes=tuple(lack.sentence for lack in lacks if not lack.is_blocking),
    )


async def _publish() -> Step:
    editions = await movements.list_editions()
    return Step(
        key="publish",
        state=DONE if editions else TODO,
        address=f"{PLAN_PAGE}/cong-bo",
        missing=() if editions else (phrases.NO_EDITION,),
        notes=(phrases.NEWEST_EDITION.format(number=editions[0].number),) if editions else (),
    )
