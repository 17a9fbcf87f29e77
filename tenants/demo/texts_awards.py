"""Words of the awards of a demo department."""

from __future__ import annotations

from typing import Any

from core.nominations.schemas import NominationRow

ROUND_NOTE = (
    "Đề nghị các đơn vị bình xét công khai từ khoa, phòng; chú ý người trực tiếp làm việc và nữ."
)
LETTER = "42/TTr"
OPINION = (
    "Hồ sơ đủ theo quy định; thành tích có số liệu, phù hợp tiêu chuẩn của kế hoạch. Đề nghị đưa ra"
    " Hội đồng xem xét."
)
RETURNED = "Thành tích mới nêu việc đã làm, chưa có số liệu so với trước. Xin bổ sung kết quả."
_STORIES = (
    "Xây dựng quy trình đặt lịch khám qua điện thoại, giảm thời gian chờ trung bình từ 48 phút"
    " xuống 31 phút; 62% người bệnh đặt lịch trước.",
    "Triển khai bệnh án điện tử tại 12 khoa, bỏ hồ sơ giấy từ tháng 6; thời gian lập hồ sơ ra viện"
    " giảm 40%.",
    "Đưa kết quả xét nghiệm lên cổng tra cứu, 8.400 lượt tra cứu; tiết kiệm khoảng 35 triệu đồng"
    " tiền in mỗi năm.",
    "Tổ chức 9 lớp kỹ năng số cho 214 viên chức; 96% đạt bài kiểm tra cuối khóa.",
    "Lập bản đồ số quản lý người bệnh mạn tính ở 14 xã; tỷ lệ tái khám đúng hẹn tăng từ 71% lên"
    " 88%.",
)


def fields(row: NominationRow, key: str, number: int) -> dict[str, Any]:
    """Return what somebody writes into one part of a nomination."""
    given: dict[str, dict[str, Any]] = {
        "profile": {
            "address": row.subject_name if row.subject_kind == "collective" else "",
            "tasks": "Thực hiện chức năng, nhiệm vụ theo quyết định của Sở Y tế.",
            "job_title": row.subject_title or "Viên chức",
            "workplace": row.subject_unit_name,
            "duties": "Phụ trách ứng dụng công nghệ thông tin tại đơn vị.",
        },
        "achievements": {
            "narrative": _STORIES[number % len(_STORIES)],
            "benefit": "Áp dụng trong toàn đơn vị từ quý II năm 2026.",
        },
        "initiatives": {"none": "1"},
        "previous_awards": {"none": "1"},
        "commitment": {"no_discipline": "1", "truthful": "1"},
    }
    return given[key]


COUNCIL = "Hội đồng Thi đua - Khen thưởng Sở Y tế"
COUNCIL_DECISION = "12/QĐ-SYT"
MEETING = "Phiên xét khen thưởng tháng 11"
PLACE = "Phòng họp tầng 2, trụ sở Sở"
AGENDA = "Xét các đề nghị của đợt khen thưởng năm 2026."
LAW_TITLE = "Quy chế hoạt động của Hội đồng Thi đua - Khen thưởng"
LAW_DECISION = "16/QĐ-SYT"
LAW_NOTE = (
    "Quyết định ban hành quy chế của Hội đồng, xác nhận các quy định dùng khi xét khen thưởng."
)
LAW_FILE = "Quyết định ban hành quy chế.docx"
