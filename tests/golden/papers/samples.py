"""Papers for the format tests."""

from __future__ import annotations

from datetime import date

from core.documents.render.model import (
    Align,
    Annex,
    Block,
    Column,
    DocumentNumber,
    Heading,
    ItemList,
    Letterhead,
    ListStyle,
    Paper,
    PaperKind,
    Paragraph,
    PlaceDate,
    Signature,
    Table,
)

LONG_NAME = (
    "Trung tâm Điều trị và Nuôi dưỡng người bệnh tâm thần, phục hồi chức năng và chăm sóc sức "
    "khỏe cộng đồng khu vực miền núi phía Tây của tỉnh sau khi sáp nhập trên cơ sở tổ chức lại "
    "các đơn vị sự nghiệp cũ"
)
NOTICE = "Bản tạm tính, chưa ký ban hành"
NARRATIVE = (
    "Đơn vị đã quán triệt, triển khai phong trào thi đua đến toàn thể công chức, viên chức và "
    "người lao động; phân công trách nhiệm cụ thể cho từng khoa, phòng; đẩy mạnh ứng dụng công "
    "nghệ thông tin trong khám bệnh, chữa bệnh và quản lý điều hành, cải cách thủ tục. "
)
HEAD = ("TT", "Tiêu chí", "Kết quả", "Tự đánh giá")


def report(narratives: int = 1, **changes: object) -> Paper:
    """A unit's report with so many paragraphs of 2 × 50 words."""
    body: tuple[Block, ...] = (
        Heading("Kết quả thực hiện"),
        Heading("Công tác chỉ đạo, điều hành", 2),
        *(Paragraph(NARRATIVE * 2) for _ in range(narratives)),
        Heading("Sáng kiến, mô hình", 2),
        ItemList(("Bệnh án điện tử tại 12 khoa;", "Đặt lịch khám trực tuyến."), ListStyle.LETTER),
        Paragraph("Trên đây là báo cáo kết quả năm 2026, kính gửi Sở Y tế"),
    )
    fields: dict[str, object] = {
        "kind": PaperKind.UNIT_REPORT,
        "template": "nd30-2020",
        "letterhead": Letterhead(
            parent_body="Sở Y tế tỉnh Lai Châu", issuing_body="Trung tâm Kiểm soát bệnh tật"
        ),
        "number": DocumentNumber(notation="BC-TTKSBT", number=5),
        "place_date": PlaceDate(place="Lai Châu", on=date(2026, 1, 5)),
        "document_type": "Báo cáo",
        "abstract": "Kết quả phong trào thi đua đổi mới sáng tạo và chuyển đổi số năm 2026",
        "addressees": ("Sở Y tế tỉnh Lai Châu",),
        "legal_bases": (
            "Căn cứ Luật Thi đua, khen thưởng",
            "Căn cứ Kế hoạch số 148/KH-SYT ngày 01 tháng 7 năm 2025 của Sở Y tế tỉnh Lai Châu",
        ),
        "body": body,
        "signature": Signature(
            authority=("KT. Giám đốc", "Phó Giám đốc"), name="BSCKII. Nguyễn Văn Phượng"
        ),
        "recipients": ("Như trên", "Các khoa, phòng", "Lưu: VT, TCHC"),
    }
    return Paper(**(fields | changes))  # type: ignore[arg-type]


def table(rows: int) -> Table:
    """A table of criteria with so many rows."""
    columns = (
        Column(HEAD[0], 0.5, Align.CENTER),
        Column(HEAD[1], 3),
        Column(HEAD[2], 3),
        Column(HEAD[3], 1.2, Align.CENTER),
    )
    cells = ("Hoàn thành các chỉ tiêu chuyển đổi số được giao trong năm", NARRATIVE[:90], "Đạt")
    return Table(columns, tuple((str(number + 1), *cells) for number in range(rows)))


def annexes() -> tuple[Annex, ...]:
    """Two annexes, the first of several pages."""
    long = tuple(Paragraph(NARRATIVE * 3) for _ in range(10))
    return (
        Annex(title="Danh sách tập thể tiêu biểu", body=long),
        Annex(title="Số liệu tổng hợp", body=(Paragraph(NARRATIVE),)),
    )
