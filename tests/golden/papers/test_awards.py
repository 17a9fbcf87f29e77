"""The papers of awards, composed from a department's data, held against the decree."""

from __future__ import annotations

import msgspec
import pytest

from core.accounts.schemas import SYSTEM
from core.councils import papers as council_papers
from core.decisions import package
from core.decisions import papers as of_decision
from core.documents.heading import issuer_of
from core.documents.render import engine
from core.documents.render.layout import lay_out
from core.documents.render.model import Paper, PaperKind, Paragraph
from core.documents.render.pdf import render_pdf
from core.movements import service as movements
from core.nominations import papers as of_nomination
from core.organisation import service as organisation
from tests.golden.papers.decree import check
from tests.golden.papers.samples import NARRATIVE
from tests.integration.councils import test_minutes as meetings
from tests.integration.councils.chamber import make_chamber
from tests.integration.decisions import house as decisions
from tests.integration.nominations import rounds_house as rounds
from tests.integration.nominations import test_unit_meeting as unit_meetings

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


MINUTES = [PaperKind.COUNCIL_MINUTES, PaperKind.BALLOT_MINUTES, PaperKind.UNIT_MINUTES]


async def minutes(kind: PaperKind) -> Paper:
    if kind is PaperKind.UNIT_MINUTES:
        return await unit_meetings.minutes(30)
    return await meetings.composed(await meetings.finished(), kind)


@pytest.mark.parametrize("kind", MINUTES)
async def test_the_papers_of_a_meeting_keep_the_form_of_minutes(kind: PaperKind) -> None:
    assert check(render_pdf(await minutes(kind)), minutes=True) == []


@pytest.mark.parametrize("kind", MINUTES)
@pytest.mark.parametrize("length", [3, 5, 7, 9])
async def test_the_two_signatures_of_minutes_never_stand_alone(
    kind: PaperKind, length: int
) -> None:
    paper = await minutes(kind)
    body = (*paper.body[:-1], *[Paragraph(NARRATIVE * 2)] * length, paper.body[-1])
    assert check(render_pdf(msgspec.structs.replace(paper, body=body)), minutes=True) == []


async def test_the_draft_of_minutes_says_so_on_every_page() -> None:
    chamber = await make_chamber(members=5)
    paper = await meetings.composed(chamber, PaperKind.COUNCIL_MINUTES)
    found = check(render_pdf(paper), minutes=True, notice=council_papers.DRAFT_NOTICE)
    assert found == ["7b names: []"]


SPOILT = {
    "a date": (
        'class="right place-date">',
        'class="right place-date">Lai Châu, ngày 05',
        "4 minut",
    ),
    "sides swapped": ("CHỦ TỌA", "THƯ KÝ", "7a"),
    "a title": ('"signatory">Thành', '"signatory">ThS. Thành', "7b title"),
    "no stop": ("Lưu: VT, Hồ sơ.", "Lưu: VT, Hồ sơ", "9b lines end"),
    "no room": (
        "<head>",
        "<head><style>.signatory { margin-top: 9pt !important }</style>",
        "7b no",
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), SPOILT.values(), ids=SPOILT)
async def test_the_check_sees_spoilt_minutes(old: str, new: str, expected: str) -> None:
    layout = lay_out(await minutes(PaperKind.COUNCIL_MINUTES))
    html = engine.to_html(layout)
    assert old in html
    found = check(engine.html_to_pdf(html.replace(old, new), layout.version), minutes=True)
    assert any(expected in text for text in found), found


async def recipient(kind: str) -> Paper:
    awards = await decisions.make_awards(action="propose", people=2)
    found = await decisions.numbered(awards)
    async with awards.house.at(decisions.NOW):
        unit = await organisation.get_unit(found.unit_id, actor=SYSTEM)
        issuer = await issuer_of(unit, (await movements.current_edition()).content)
    achievements = rounds.FILLED["achievements"] | {"narrative": NARRATIVE * 9}
    written = package.Written(
        rounds.FILLED | {"achievements": achievements}, ("Bệnh án điện tử: giảm 15 phút",)
    )
    entry = next(each for each in found.entries if each.subject_kind == kind)
    return package.recipient_paper(found, entry, written, issuer, "hằng năm")


@pytest.mark.parametrize("kind", ["collective", "individual"])
async def test_the_summary_for_one_recipient_keeps_the_decree(kind: str) -> None:
    assert check(render_pdf(await recipient(kind))) == []


MEASURED = {
    "test_awards.py": {
        PaperKind.AWARD_DECISION, PaperKind.SUBMISSION_LETTER, PaperKind.NOMINATION_LETTER,
        PaperKind.ACHIEVEMENT_REPORT, PaperKind.RECIPIENT_SUMMARY, *MINUTES,
    },
    "integration/documents/test_real_papers.py": {
        PaperKind.UNIT_REPORT, PaperKind.CONSOLIDATED_REPORT, PaperKind.RECEIPT,
    },
}  # fmt: skip


def test_every_kind_of_paper_is_measured_somewhere() -> None:
    assert set().union(*MEASURED.values()) == set(PaperKind)
