"""What operators read, in Vietnamese."""

from __future__ import annotations

SITE_NAME = "Vận hành nền tảng"
SITE_LINE = "Dành cho người vận hành; không thấy dữ liệu của các Sở"
ROLE_NAME = "Người vận hành"

WRONG_SIGN_IN = (
    "Tên đăng nhập hoặc mật khẩu không đúng. Sau {limit} lần sai, tài khoản bị khóa; khi đó hãy nhờ"
    " một người vận hành khác đặt lại trên máy chủ."
)
LOCKED = (
    "Tài khoản đã bị khóa vì nhập sai nhiều lần. Hãy nhờ một người vận hành khác đặt lại trên máy"
    " chủ."
)
BAD_USERNAME = (
    "Tên đăng nhập gồm 3 đến 100 ký tự: chữ cái không dấu, chữ số, dấu chấm, gạch ngang, @."
)
USERNAME_TAKEN = "Tên đăng nhập “{username}” đã có người vận hành dùng."
NO_OPERATOR = "Không có người vận hành nào tên “{username}”."
OPERATOR_STATES = {"active": "Đang dùng", "locked": "Đã khóa", "inactive": "Ngừng dùng"}
PASSWORD_CHANGED = "Đã đổi mật khẩu. Các phiên khác của bạn đã kết thúc."  # noqa: S105 -- a sentence
