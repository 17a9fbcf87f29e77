"""Words of composed papers: plan, targets, signature, parts of the report."""

import datetime as dt
from uuid import uuid4

import msgspec
import pytest

from core.documents import phrases
from core.documents.compose import report_body
from core.documents.consolidated import addressees
from core.documents.heading import Issuer, recipients, signature_of
from core.documents.render.model import Heading, ItemList, Paragraph, Table
from core.documents.schemas import Signatory
from core.organisation.schemas import UnitView
from core.plugin.api import Level, PlanOrigin, PlanSource, ReportKind, ScheduleRow
from tests.integration.reports.house import plan


def unit(kind: str = "hospital", notation: str = "BVĐK") -> UnitView:
    return UnitView(
        uuid4(), "BV", "Bệnh viện", "BV", kind, "unit", uuid4(), "/a/b/", True, notation, "", True
    )


def origin(**more: object) -> PlanOrigin:
    return PlanOrigin(
        source=PlanSource.DEPARTMENT, author="Sở Y tế", title="Kế hoạch thi đua", **more
    )


def test_the_plan_is_named_by_number_and_day_or_by_its_title() -> None:
    dated = phrases.intro("Trạm", origin(number="148/KH-SYT", date=dt.date(2025, 7, 1)), "Sở")
    assert dated == (
        "Thực hiện Kế hoạch số 148/KH-SYT ngày 01 tháng 7 năm 2025 của Sở Y tế (Kế hoạch thi đua),"
        " Trạm báo cáo Sở như sau:"
    )
    plain = phrases.intro("Trạm", origin(), "Sở")
    assert plain == "Thực hiện Kế hoạch thi đua của Sở Y tế, Trạm báo cáo Sở như sau:"


@pytest.mark.parametrize(
    ("comparison", "target", "unit_word", "words"),
    [
        (">=", "90", "%", "Từ 90% trở lên"),
        (">", "12.5", "%", "Trên 12,5%"),
        ("=", "3", "mô hình", "3 mô hình"),
        ("rank_between", ["1", "10"], "", "Hạng 1 đến 10"),
    ],
)
def test_targets_in_words(
    comparison: str, target: str | list[str], unit_word: str, words: str
) -> None:
    assert phrases.target(comparison, target, unit_word) == words


@pytest.mark.parametrize(
    ("kind", "title", "lines"),
    [
        ("hospital", "Giám đốc", ("GIÁM ĐỐC",)),
        ("hospital", "Phó Giám đốc", ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
        ("commune_station", "", ("TRƯỞNG TRẠM",)),
        ("something_else", "", ("THỦ TRƯỞNG ĐƠN VỊ",)),
    ],
)
def test_who_signs_as_what(kind: str, title: str, lines: tuple[str, ...]) -> None:
    signature = signature_of(unit(kind), Signatory("Lê Thị Hoa", title))
    assert (signature.authority, signature.name) == (lines, "Lê Thị Hoa")


def test_nobody_is_named_where_the_department_filed_on_behalf() -> None:
    assert signature_of(unit(), None).name == ""


def test_number_letters_and_recipients() -> None:
    assert Issuer(unit(), "Sở Y tế", "Huế").notation("BC") == "BC-BVĐK"
    assert Issuer(unit(notation=""), "Sở Y tế", "Huế").notation("BC") == "BC"
    assert recipients("Ban Giám đốc") == ("Như trên", "Ban Giám đốc", "Lưu: VT")


@pytest.mark.parametrize(
    ("level", "recipient", "addressee"),
    [
        (
            "department",
            "Hội đồng Thi đua – Khen thưởng tỉnh",
            "Hội đồng Thi đua – Khen thưởng tỉnh",
        ),
        ("department", "UBND tỉnh", "Ủy ban nhân dân tỉnh Huế"),
        ("department", None, "Ủy ban nhân dân tỉnh Huế"),
        ("unit", "Hội đồng Thi đua – Khen thưởng tỉnh", "Ủy ban nhân dân tỉnh Huế"),
    ],
)
def test_the_department_reports_to_whom_its_plan_names(
    level: str, recipient: str | None, addressee: str
) -> None:
    row = ScheduleRow(
        report_kind=ReportKind.ANNUAL, from_level=Level.DEPARTMENT, to_level=Level.HIGHER,
        stated=True, rule="để tổng hợp", recipient=recipient,
    )  # fmt: skip
    told = msgspec.structs.replace(plan(), schedule=(row,))
    issuer = Issuer(msgspec.structs.replace(unit(), level=level), "Ủy ban nhân dân tỉnh Huế", "Huế")
    assert addressees("annual", issuer, told) == (addressee,)
    assert addressees("final_review", issuer, told) == ("Ủy ban nhân dân tỉnh Huế",)


def part(kind: str, **more: object) -> dict[str, object]:
    return {
        "kind": kind, "key": kind, "title": "", "text": "Nguyên văn tiêu chí.", "is_asked": True,
        "not_asked_reason": "", "fields": {}, "self_assessment_label": "", "indicators": [],
        "evidence": [], **more,
    }  # fmt: skip


def test_a_criterion_shows_words_text_assessment_and_files() -> None:
    blocks = report_body(
        [
            part(
                "criterion", title="Tiêu chí 1", fields={"narrative": "Dòng một.\n\nDòng hai."},
                self_assessment_label="Vượt", evidence=[{"name": "a.pdf"}, {"name": "b.pdf"}],
            )
        ]
    )  # fmt: skip
    assert blocks == (
        Heading(phrases.CRITERIA),
        Heading("Tiêu chí 1", level=2),
        Paragraph("Nguyên văn tiêu chí.", italic=True),
        Paragraph("Dòng một."),
        Paragraph("Dòng hai."),
        Paragraph("Tự đánh giá: Vượt."),
        Paragraph(phrases.EVIDENCE),
        ItemList(("a.pdf", "b.pdf")),
    )


def test_what_is_not_asked_or_was_left_empty_says_so() -> None:
    waiting = part("criterion", is_asked=False, not_asked_reason="Chờ hướng dẫn.")
    texts = [block.text for block in report_body([waiting, part("criterion")])]
    assert "Chưa áp dụng: Chờ hướng dẫn." in texts
    assert phrases.NOTHING_WRITTEN in texts
    rest = report_body([part("indicators"), part("initiatives"), part("difficulties_proposals")])
    assert [block.text for block in rest].count(phrases.NONE) == 4
    assert not any(isinstance(block, Table) for block in rest)


def test_a_merged_report_is_named_in_place_of_a_text() -> None:
    blocks = report_body([part("criterion", fields={"merged_reference": "Báo cáo số 12/BC-BV"})])
    assert Paragraph("Báo cáo số 12/BC-BV") in blocks
    both = {"narrative": "Đã làm.", "merged_reference": "Báo cáo số 12/BC-BV"}
    blocks = report_body([part("criterion", fields=both)])
    assert blocks[2:] == (Paragraph("Đã làm."), Paragraph("Báo cáo số 12/BC-BV"))
