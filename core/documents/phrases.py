"""Words of papers and of their pages."""

from __future__ import annotations

from decimal import Decimal

from core.documents.render.rules import date_text
from core.kit.i18n import vn_target
from core.plugin.api import PlanOrigin

REPORT = "Báo cáo"
PLAN = "Kế hoạch"
# Kind of report -> (document type, abstract); {movement} and {year} are filled in.
ABSTRACTS = {
    "plan": (PLAN, "Thực hiện phong trào thi đua “{movement}” năm {year}"),
    "annual": (REPORT, "Kết quả thực hiện phong trào thi đua “{movement}” năm {year}"),
    "preliminary_review": (REPORT, "Sơ kết phong trào thi đua “{movement}”"),
    "final_review": (REPORT, "Tổng kết phong trào thi đua “{movement}”"),
    "on_request": (REPORT, "Việc thực hiện phong trào thi đua “{movement}”"),
}
CONSOLIDATED = "Tổng hợp kết quả thực hiện phong trào thi đua “{movement}” năm {year}"
# Kind of unit -> title of its head, where the list of people does not say.
HEADS = {
    "department": "Giám đốc",
    "department_office": "Trưởng phòng",
    "hospital": "Giám đốc",
    "center": "Giám đốc",
    "commune_station": "Trưởng trạm",
    "subunit": "Trưởng khoa (phòng)",
}
HEAD = "Thủ trưởng đơn vị"
DEPUTY = "Phó "
FOR_THE_HEAD = "KT."
LIKE_ABOVE = "Như trên"
FILED = "Lưu: VT"

CRITERIA = "Kết quả thực hiện các tiêu chí"
INDICATORS = "Kết quả thực hiện các chỉ tiêu"
INITIATIVES = "Sáng kiến, mô hình"
DIFFICULTIES = "Khó khăn, vướng mắc và kiến nghị"
HARD = "Khó khăn, vướng mắc"
PROPOSALS = "Kiến nghị, đề xuất"
NONE = "Không có."
NOTHING_WRITTEN = "Chưa có nội dung."
EVIDENCE = "Minh chứng kèm theo:"
NOT_ASKED = "Chưa áp dụng"
UNITS_MISSING = "Danh sách đơn vị chưa gửi báo cáo"
UNITS_FIGURES = "Số liệu của các đơn vị theo chỉ tiêu"
PROVISIONAL = "Bản tổng hợp tạm: kỳ báo cáo chưa đóng"
DRAFT = "Dự thảo: chưa phát hành"

NAMES = {
    "unit_report": "{report} của {unit}",
    "receipt": "Giấy xác nhận đã nhận {report} của {unit}",
    "consolidated_report": "{report}: tổng hợp của {unit}",
    "award_decision": "Quyết định {title}",
    "submission_letter": "Tờ trình {title}",
    "council_minutes": "Biên bản họp {title}",
    "ballot_minutes": "Biên bản kiểm phiếu {title}",
}
FAILED = "Chưa dựng được văn bản. Xin bấm “Dựng lại”; nếu vẫn không được, xin báo quản trị của Sở."
SUBJECT_CHANGED = (
    "Bản tổng hợp đã được sửa sau khi yêu cầu văn bản. Xin tạo lại văn bản từ bản mới."
)
DECISION_CHANGED = "Văn bản đã được sửa sau khi yêu cầu dựng. Xin dựng lại từ trang của quyết định."
MEETING_CHANGED = "Cuộc họp đã có thay đổi sau khi yêu cầu văn bản. Xin dựng lại từ trang cuộc họp."
UNKNOWN_KIND = "Loại văn bản này không có."
STAGES = {
    "queued": "Đang chờ đến lượt.",
    "rendering": "Đang dựng văn bản.",
    "done": "Văn bản đã xong.",
    "failed": "Chưa dựng được văn bản.",
}


def intro(unit: str, plan: PlanOrigin, receiver: str) -> str:
    """Return the opening sentence of a unit's report; a plan without a number is named by title."""
    number = f" số {plan.number}" if plan.number else ""
    day = f" {date_text(plan.date)}" if plan.date else ""
    named = (
        f"{PLAN}{number}{day} của {plan.author} ({plan.title})"
        if number
        else (f"{plan.title} của {plan.author}")
    )
    return f"Thực hiện {named}, {unit} báo cáo {receiver} như sau:"


def target(comparison: str, wanted: str | list[str], unit: str) -> str:
    """Return a target in words as a cell of a table begins."""
    bounds = [Decimal(end) for end in wanted] if isinstance(wanted, list) else Decimal(wanted)
    words = vn_target(comparison, bounds, unit)
    return words[0].upper() + words[1:]


def decimal(plain: str) -> str:
    """Return a plain decimal with a comma."""
    return plain.replace(".", ",")
