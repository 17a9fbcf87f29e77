"""The papers of awards, composed from a department's data, held against the decree."""

from __future__ import annotations

import pytest

from core.decisions import papers as of_decision
from core.documents.render.model import Paper, PaperKind
from core.documents.render.pdf import render_pdf
from core.nominations import papers as of_nomination
from tests.golden.papers.decree import check
from tests.golden.papers.samples import NARRATIVE
from tests.integration.decisions import house as decisions
from tests.integration.nominations import rounds_house as rounds

pytestmark = pytest.mark.usefixtures("app_db")


async def decision(action: str) -> Paper:
    awards = await decisions.make_awards(action=action, people=14)
    found = await decisions.numbered(awards)
    async with awards.house.at(decisions.NOW):
        return await of_decision.compose(found)


async def nomination(kind: PaperKind) -> Paper:
    house = await rounds.make_awards()
    person = await rounds.person(house, "Trần Thị Bình")
    list_id = await rounds.list_of(house, await rounds.opened(house))
    draft = await rounds.drafted(house, list_id, person)
    await rounds.filled(house, draft)
    async with house.at():
        subject = list_id if kind is PaperKind.NOMINATION_LETTER else draft
        return await of_nomination.compose(kind, subject)


@pytest.mark.parametrize("action", ["decide", "propose"])
async def test_a_decision_and_a_letter_with_their_lists_keep_the_decree(action: str) -> None:
    assert check(render_pdf(await decision(action))) == []


@pytest.mark.parametrize("kind", [PaperKind.NOMINATION_LETTER, PaperKind.ACHIEVEMENT_REPORT])
async def test_the_papers_of_a_units_dossier_keep_the_decree(
    kind: PaperKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(rounds.FILLED["achievements"], "narrative", NARRATIVE * 6)
    assert check(render_pdf(await nomination(kind))) == []
