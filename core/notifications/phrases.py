"""Sentences of notices and mails."""

from __future__ import annotations


def mail_body(*, title: str, body: str, link: str, department: str) -> str:
    """Return the text of a mail that repeats a notice."""
    parts = [title, body, f"Mở tại: {link}" if link else ""]
    parts.append(f"Thư tự động của {department}. Xin đừng trả lời thư này.")
    return "\n\n".join(part for part in parts if part) + "\n"


PRIVATE_MAIL = (
    "Thư có đường dẫn riêng của người nhận nên không hiển thị. "
    "Ai chưa nhận được thư, quản trị cấp mật khẩu tạm tại trang Tài khoản."
)
ALL_READ = "Đã đánh dấu đọc tất cả thông báo."
MAIL_STATES = {
    "queued": "Chờ gửi",
    "sending": "Đang gửi",
    "sent": "Đã gửi",
    "kept": "Lưu tại hộp thư này",
    "failed": "Không gửi được",
    "unknown": "Không rõ đã gửi chưa",
}
