"""What stands around a paper's content: bodies, place, signature, recipients."""

from __future__ import annotations

import msgspec

from core.accounts.schemas import SYSTEM
from core.documents import phrases
from core.documents.render.model import Letterhead, Signature
from core.documents.schemas import Signatory
from core.identity import service as identity
from core.organisation import service as organisation
from core.organisation.schemas import UnitView
from core.plugin.api import PlanContent


class Issuer(msgspec.Struct, frozen=True):
    """The unit that issues a paper, the body above it, and where its papers are dated."""

    unit: UnitView
    parent: str
    place: str

    @property
    def letterhead(self) -> Letterhead:
        """Return the bodies at the top left."""
        return Letterhead(issuing_body=self.unit.name, parent_body=self.parent or None)

    def notation(self, kind: str) -> str:
        """Return the letters after the number, for example BC-SYT."""
        return f"{kind}-{self.unit.notation}" if self.unit.notation else kind


async def issuer_of(unit: UnitView, plan: PlanContent) -> Issuer:
    """Return the head of a unit's papers.

    A department stands under the body that it names itself, else under its people's committee.
    """
    province = plan.province_info
    if unit.parent_id is None:
        above = await identity.parent_body() or province.people_committee
        return Issuer(unit, above, unit.place or province.place)
    parent = await organisation.get_unit(unit.parent_id, actor=SYSTEM)
    return Issuer(unit, parent.name, unit.place or parent.place or province.place)


def signature_of(unit: UnitView, signatory: Signatory | None) -> Signature:
    """Return the signature block: the head, or a deputy who signs for the head."""
    head = phrases.HEADS.get(unit.kind, phrases.HEAD)
    title = signatory.job_title.strip() if signatory else ""
    if title.startswith(phrases.DEPUTY):
        of_head = title.removeprefix(phrases.DEPUTY)
        lines: tuple[str, ...] = (f"{phrases.FOR_THE_HEAD} {of_head.upper()}", title.upper())
    else:
        lines = ((title or head).upper(),)
    return Signature(authority=lines, name=signatory.name if signatory else "")


def recipients(*more: str) -> tuple[str, ...]:
    """Return the lines of "Nơi nhận"; the archive's line is the last."""
    return (phrases.LIKE_ABOVE, *more, phrases.FILED)
