"""The hub `/quan-tri`: one list of cards. A new page of configuration adds its card here."""

from __future__ import annotations

import msgspec

from core.accounts.schemas import Actor
from core.settings import settings

ADMIN = ("tenant_admin",)
PUBLISHERS = ("tenant_admin", "department_head")
READERS = ("tenant_admin", "department_head", "auditor")
ACCOUNTS = "Tài khoản và quyền"
WATCH = "Theo dõi"
LEGAL = "Kế hoạch và pháp lý"
GROUPS = ("Thiết lập", "Đơn vị và con người", ACCOUNTS, LEGAL, WATCH)
MAILBOX = "/hop-thu"


class Card(msgspec.Struct, frozen=True):
    """One page of configuration: what it is for, and the roles that find it in the hub."""

    group: str
    title: str
    description: str
    icon: str
    address: str
    roles: tuple[str, ...] = ADMIN


CARDS: tuple[Card, ...] = (
    Card(
        "Thiết lập",
        "Các bước thiết lập",
        "Từ trang trắng tới kế hoạch được công bố: đã xong gì, còn thiếu gì, làm gì tiếp.",
        "route",
        "/quan-tri/thiet-lap",
    ),
    Card(
        "Thiết lập",
        "Thông tin của Sở",
        "Tên, mã, biểu trưng, liên hệ, ký hiệu văn bản, chữ ký số, quyền riêng tư.",
        "id",
        "/quan-tri/thong-tin-so",
        READERS,
    ),
    Card(
        "Thiết lập",
        "Bộ quy tắc của tỉnh",
        "Bộ quy tắc đang kích hoạt cho Sở: phiên bản, kế hoạch gốc, căn cứ, điều để ngỏ.",
        "building",
        "/quan-tri/bo-quy-tac",
        READERS,
    ),
    Card(
        "Đơn vị và con người",
        "Cây đơn vị",
        "Thêm, đổi tên, chuyển, sáp nhập, chia tách, giải thể; lịch sử giữ tên cũ.",
        "building-hospital",
        "/quan-tri/don-vi",
    ),
    Card(
        "Đơn vị và con người",
        "Nhân sự",
        "Danh sách người của từng đơn vị; điều chuyển khi cả hai bên đồng ý.",
        "users",
        "/quan-tri/nhan-su",
    ),
    Card(
        "Đơn vị và con người",
        "Khối thi đua",
        "Các đơn vị được so với nhau, theo từng năm.",
        "flag",
        "/quan-tri/khoi-thi-dua",
    ),
    Card(
        "Đơn vị và con người",
        "Nhập từ Excel",
        "Đưa cả cây đơn vị, nhân sự, tài khoản vào một lần; xem trước rồi mới ghi.",
        "file-spreadsheet",
        "/quan-tri/nhap-excel",
    ),
    Card(
        ACCOUNTS,
        "Tài khoản",
        "Tạo tài khoản, giao vai trò, cấp mật khẩu tạm, khóa hoặc ngừng dùng.",
        "users",
        "/quan-tri/tai-khoan",
        ("tenant_admin", "auditor"),
    ),
    Card(
        LEGAL,
        "Tham số pháp lý",
        "Con số, thời hạn, mẫu theo văn bản; Sở xác nhận hoặc thay bằng quyết định của mình.",
        "quote",
        "/quan-tri/phap-ly",
        READERS,
    ),
    Card(
        WATCH,
        "Dữ liệu của Sở",
        "Xuất toàn bộ dữ liệu để lưu giữ hoặc chuyển đi; yêu cầu xóa khi thôi dùng.",
        "download",
        "/quan-tri/du-lieu",
        READERS,
    ),
    Card(
        WATCH,
        "Bảng quản trị",
        "Xem dữ liệu của Sở dạng bảng, lọc, xuất CSV, sửa vài cột danh mục, xem nhật ký.",
        "checklist",
        "/admin",
        READERS,
    ),
    Card(
        ACCOUNTS,
        "Lời mời và phiếu",
        "Ai chưa đăng nhập lần đầu; gửi thư mời, in phiếu mật khẩu tạm cho nhiều người.",
        "mail-forward",
        "/quan-tri/loi-moi",
    ),
    Card(
        LEGAL,
        "Kế hoạch và các giá trị Sở đặt",
        "Điểm kế hoạch để ngỏ, hạn báo cáo, tiêu chí thêm, lời thư; so sánh và công bố bản mới.",
        "flag",
        "/quan-tri/ke-hoach",
        (*READERS, "officer"),
    ),
    Card(
        WATCH,
        "Nhật ký",
        "Ai đã đổi gì, lúc nào, vì sao; tìm, xuất, kiểm chứng không bị sửa.",
        "history",
        "/nhat-ky",
        ("tenant_admin", "auditor"),
    ),
    Card(
        ACCOUNTS,
        "Ủy quyền",
        "Ai cho ai mượn vai trò, từ ngày nào đến ngày nào; chấm dứt sớm khi cần.",
        "signature",
        "/quan-tri/uy-quyen",
        ("tenant_admin", "unit_head", "department_head", "officer"),
    ),
    Card(
        ACCOUNTS,
        "Tài khoản không dùng",
        "Ai lâu không đăng nhập, ai sắp bị đóng; đóng một lần, dùng lại khi cần.",
        "clock",
        "/quan-tri/tai-khoan-khong-dung",
    ),
    Card(
        WATCH,
        "Hỗ trợ từ người vận hành",
        "Cho người vận hành xem trang của Sở trong vài giờ; ai đã vào, đã xem gì; kết thúc ngay.",
        "eye",
        "/quan-tri/ho-tro",
        ("tenant_admin", "auditor"),
    ),
    Card(
        WATCH,
        "Hộp thư",
        "Thư hệ thống đã soạn, khi chưa nối máy chủ thư.",
        "mail",
        MAILBOX,
    ),
)
ROLES = tuple(dict.fromkeys(role for card in CARDS for role in card.roles))


def cards_for(actor: Actor) -> list[tuple[str, list[Card]]]:
    """Return the cards that this person may use, by group in the order of `GROUPS`."""
    shown = [card for card in CARDS if actor.has(card.roles)]
    if settings().smtp_url:
        shown = [card for card in shown if card.address != MAILBOX]
    groups = [(name, [card for card in shown if card.group == name]) for name in GROUPS]
    return [(name, cards) for name, cards in groups if cards]
