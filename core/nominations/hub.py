"""The entrance to awards: the rooms by right (`awaiting` says what waits)."""

from __future__ import annotations

from core.accounts.schemas import Actor, Role
from core.eligibility import access as facts
from core.eligibility.changes import READERS as CHANGE_READERS
from core.nominations import access

DECISION_READERS = (
    Role.OFFICER, Role.DEPARTMENT_HEAD, Role.RECORDS_CLERK, Role.AUDITOR, Role.UNIT_CLERK,
    Role.UNIT_HEAD,
)  # fmt: skip
# (address, title, what it is for, icon, roles that see it; () = everybody)
CARDS: list[tuple[str, str, str, str, tuple[Role, ...]]] = [
    ("/khen-thuong/dot", "Đợt khen thưởng", "Các đợt đang mở và đã đóng, đề nghị của từng đợt.",
     "calendar-event", access.AWARD_SIDE),
    ("/khen-thuong/thang", "Thang khen thưởng",
     "Hình thức nào, cho ai, dịp nào, ai quyết định; thử xem được đề nghị đến đâu.", "stairs", ()),
    ("/hoi-dong", "Hội đồng", "Thành viên, cuộc họp, bỏ phiếu, biên bản.", "users-group",
     (Role.COUNCIL_SECRETARY, Role.OFFICER, Role.DEPARTMENT_HEAD, Role.AUDITOR)),
    ("/hop", "Cuộc họp của tôi", "Các cuộc họp mà bạn là thành viên: tài liệu, bỏ phiếu.",
     "calendar-event", (Role.COUNCIL_MEMBER, Role.COUNCIL_SECRETARY, Role.DEPARTMENT_HEAD)),
    ("/giay-khen", "In Giấy khen", "In theo quyết định đã có số; mẫu in, in thử, sổ in.",
     "printer", (Role.OFFICER, Role.RECORDS_CLERK, Role.TENANT_ADMIN, Role.DEPARTMENT_HEAD,
                 Role.AUDITOR)),
    ("/quyet-dinh", "Quyết định, tờ trình",
     "Lập, duyệt, cấp số, ký, ban hành; trình cấp trên; tiền thưởng và quỹ.", "rubber-stamp",
     DECISION_READERS),
    ("/khen-thuong/thong-tin", "Thông tin xét khen thưởng",
     "Xếp loại, thông tin xét điều kiện, lần khen của từng tập thể, cá nhân.", "id",
     facts.READERS),
    ("/khen-thuong/xep-loai", "Xếp loại hằng năm",
     "Tạm thời và chính thức; nhập từ Excel, chỉ các trường hợp đổi kết quả quay lại.",
     "file-spreadsheet", facts.READERS),
    ("/khen-thuong/thay-doi", "Đề nghị đổi kết quả",
     "Các đề nghị không còn như lúc gửi, sau khi có xếp loại hay tạm dừng.", "refresh",
     CHANGE_READERS),
    ("/khen-thuong/trung-lap", "Sổ trùng lặp",
     "Thành tích, sáng kiến, người trùng giữa các đơn vị, các năm.", "copy", CHANGE_READERS),
    ("/khen-thuong/sang-kien", "Sổ sáng kiến",
     "Sáng kiến, tác giả, giấy công nhận; mỗi sáng kiến dùng một lần.", "bulb", facts.READERS),
    ("/khen-thuong/tam-dung", "Tạm dừng xét", "Đang xem xét kỷ luật, điều tra, xác minh đơn thư.",
     "ban", facts.HOLD_READERS),
    ("/khen-thuong/doi-tuong", "Đối tượng khác",
     "Tổ chức, hộ gia đình, người ngoài ngành được đề nghị khen.", "users", facts.READERS),
    ("/so-khen-thuong", "Sổ khen thưởng", "Mọi khen thưởng của từng người, từng đơn vị, có số.",
     "award", access.AWARD_SIDE),
    ("/so-khen-thuong/cong-khai", "Công khai lấy ý kiến",
     "Đưa danh sách ra lấy ý kiến, đọc và ghi ý kiến.", "messages",
     (Role.OFFICER, Role.DEPARTMENT_HEAD, Role.AUDITOR)),
    ("/khieu-nai", "Đơn thư về khen thưởng", "Ghi đơn, xác minh, kết luận.", "flag",
     (Role.OFFICER, Role.DEPARTMENT_HEAD, Role.AUDITOR)),
]  # fmt: skip


def cards(actor: Actor) -> list[tuple[str, str, str, str]]:
    """Return the cards that this person sees."""
    return [card[:4] for card in CARDS if not card[4] or actor.has(card[4])]
