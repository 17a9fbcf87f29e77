"""Why something was done, in Vietnamese: the worker's scans and jobs, and what the program says."""

from __future__ import annotations

SCANS = {
    "notify_due_soon": "nhắc báo cáo sắp đến hạn",
    "sweep_unattached": "dọn tệp không dùng",
    "tidy_accounts": "đóng tài khoản lâu không dùng, dọn phiên cũ",
    "carry_out_due_moves": "điều chuyển người đến ngày",
    "carry_out_planned_changes": "thay đổi cây đơn vị đến ngày",
    "anchor_trail": "ghi mốc nhật ký ra ngoài cơ sở dữ liệu",
    "sweep_exports": "dọn bản xuất dữ liệu hết hạn",
    "sweep_outbox": "dọn việc nền đã xong",
    "recheck_released": "kiểm tra lại đề nghị hết tạm dừng",
    "end_expired": "đóng quyền hỗ trợ hết hạn",
    "end_withdrawn": "dừng bỏ phiếu cho đề nghị đã rút",
}
JOBS = {
    "decisions.package": "dựng gói hồ sơ trình cấp trên",
    "certificates.print": "in Giấy khen",
    "documents.render": "dựng văn bản",
    "notifications.send_mail": "gửi thư",
    "nominations.recheck": "kiểm tra lại điều kiện khen thưởng",
    "life.export": "xuất dữ liệu của Sở",
}
GIVEN = {
    "audit anchor": "Ghi mốc nhật ký từ dòng lệnh",
    "audit verify": "Kiểm chứng nhật ký từ dòng lệnh",
    "demo accounts": "Liệt kê tài khoản minh họa",
    "export of the department": "Xuất toàn bộ dữ liệu của Sở",
    "host look-up": "Tìm Sở theo địa chỉ",
    "import of the department": "Nhập toàn bộ dữ liệu của Sở",
    "list of departments": "Liệt kê các Sở",
    "list of departments for the scans": "Liệt kê các Sở để làm việc định kỳ",
    "operator asks for deletion": "Đơn vị vận hành yêu cầu xóa dữ liệu, từ dòng lệnh",
    "operator list": "Liệt kê người vận hành từ dòng lệnh",
    "operator takes the deletion back": "Đơn vị vận hành rút yêu cầu xóa dữ liệu, từ dòng lệnh",
    "outbox relay": "Chuyển việc nền vào hàng đợi",
    "removal of the department": "Xóa toàn bộ dữ liệu của Sở",
}
CHANGING = ("POST", "PUT", "PATCH", "DELETE")


def reason_words(reason: str) -> str:
    """Return why something was done: the page, the job, or the words that were given."""
    first, _, rest = reason.partition(" ")
    if first in CHANGING:
        return f"Trên trang {rest}"
    if first == "scan":
        return f"Việc định kỳ: {SCANS.get(rest, rest)}"
    if first == "job":
        return f"Việc nền: {job_words(rest)}"
    return GIVEN.get(reason, reason)


def job_words(name: str) -> str:
    """Return what a job of the worker does."""
    return JOBS.get(name, name)
