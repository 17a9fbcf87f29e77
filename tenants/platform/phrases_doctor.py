"""The doctor's checks in Vietnamese, for the console; the command line stays English."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """What a check looks at, what it means when all is well, and what to do when it is not."""

    title: str
    well: str
    remedy: str


_ROLES = "Chạy deploy/postgres/roles.sql bằng tài khoản quản trị của PostgreSQL."
_ASSETS = "Chạy “make assets” trên máy chủ."
DOCTOR = {
    "PDF libraries": Words(
        "Thư viện dựng PDF",
        "Pango và HarfBuzz nạp được.",
        "Cài các thư viện còn thiếu; lệnh cài ở chi tiết kỹ thuật.",
    ),
    "audit trail": Words(
        "Nhật ký",
        "Các sự kiện mới nhất của mọi Sở nguyên vẹn, mốc ngoài cơ sở dữ liệu còn mới.",
        "Chạy “thidua audit verify” để biết từng chỗ sai; mốc cũ nghĩa là tiến trình việc nền"
        " không chạy hoặc kho tệp từ chối.",
    ),
    "clock": Words(
        "Đồng hồ",
        "Máy chủ và cơ sở dữ liệu cùng giờ.",
        "Bật đồng bộ giờ (NTP) trên cả hai máy; hạn nộp tính theo giờ này.",
    ),
    "database": Words(
        "Kết nối cơ sở dữ liệu",
        "Kết nối được.",
        "Xem lại biến môi trường nêu ở chi tiết kỹ thuật.",
    ),
    "database roles": Words(
        "Vai trò trong cơ sở dữ liệu",
        "Ứng dụng và bảng điều khiển chỉ có quyền vừa đủ.",
        _ROLES,
    ),
    "disk": Words("Ổ đĩa", "Còn đủ chỗ cho tệp và nhật ký.", "Dọn bớt, để trống ít nhất 1 GB."),
    "extensions": Words("Phần mở rộng của PostgreSQL", "Đủ phần tìm không dấu.", _ROLES),
    "fonts": Words("Phông chữ của văn bản", "Bốn kiểu chữ, đủ mọi chữ tiếng Việt.", _ASSETS),
    "front end": Words("Giao diện", "Đã dựng.", _ASSETS),
    "migrations": Words(
        "Cấu trúc cơ sở dữ liệu", "Đã cập nhật đủ.", "Chạy “thidua migrate” trên máy chủ."
    ),
    "postgresql version": Words(
        "Phiên bản PostgreSQL",
        "Thuộc các phiên bản được hỗ trợ.",
        "Dùng PostgreSQL từ 15 đến 18.",
    ),
    "queue": Words(
        "Hàng đợi việc nền",
        "Valkey trả lời, đủ mới.",
        "Bật Valkey (hoặc Redis từ bản 7), xem lại VALKEY_URL.",
    ),
    "row-level security": Words(
        "Tách dữ liệu giữa các Sở",
        "Mọi bảng của Sở đều bị khóa theo Sở ngay trong cơ sở dữ liệu.",
        "Chạy “thidua migrate”; nếu vẫn báo thì dừng trang ngay: dữ liệu có thể lộ sang Sở khác.",
    ),
    "storage": Words(
        "Kho tệp", "Ghi, đọc, xóa được một tệp thử.", "Xem lại STORAGE_URL và quyền ghi."
    ),
}
