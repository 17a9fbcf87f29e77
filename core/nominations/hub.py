"""The entrance to awards: what waits for this person, and the rooms by right."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor, Role
from core.eligibility import access as facts
from core.eligibility.changes import READERS as CHANGE_READERS
from core.kit import db
from core.nominations import access

WAITING = 30
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
]  # fmt: skip
_WAITING = """
SELECT 'returned' AS what, n.id, n.subject_name AS name, n.award, r.name AS round_name,
    n.list_id, n.round_id, 1::bigint AS n, (SELECT min(t.due_at) FROM nomination_return t
        WHERE t.tenant_id = n.tenant_id AND t.nomination_id = n.id AND t.answered_at IS NULL)
        AS due_at
FROM nomination n JOIN unit u ON u.tenant_id = n.tenant_id AND u.id = n.unit_id
JOIN award_round r ON r.tenant_id = n.tenant_id AND r.id = n.round_id
WHERE n.state = 'returned' AND u.path LIKE ANY ($1)
UNION ALL
SELECT 'drafts', NULL, u.name, '', r.name, l.id, r.id, count(*), r.due_at
FROM nomination n
JOIN nomination_list l ON l.tenant_id = n.tenant_id AND l.id = n.list_id
JOIN unit u ON u.tenant_id = l.tenant_id AND u.id = l.unit_id
JOIN award_round r ON r.tenant_id = n.tenant_id AND r.id = n.round_id
WHERE n.state = 'draft' AND r.state = 'open' AND u.path LIKE ANY ($1)
GROUP BY l.id, u.name, r.id, r.name, r.due_at
UNION ALL
SELECT n.state, NULL, o.name, '', r.name, NULL, r.id, count(*), NULL
FROM nomination n JOIN award_round r ON r.tenant_id = n.tenant_id AND r.id = n.round_id
JOIN unit o ON o.tenant_id = r.tenant_id AND o.id = r.unit_id
WHERE n.state IN ('sent', 'received', 'appraisal') AND o.path LIKE ANY ($2)
GROUP BY n.state, o.name, r.id, r.name
LIMIT $3
"""


class Waiting(msgspec.Struct, frozen=True):
    """Something that waits. `what`: returned | drafts | sent | received | appraisal."""

    what: str
    id: UUID | None
    name: str
    award: str
    round_name: str
    list_id: UUID | None
    round_id: UUID
    n: int
    due_at: datetime | None

    @property
    def href(self) -> str:
        """Where it is done."""
        if self.what == "returned":
            return f"/de-nghi/{self.id}"
        if self.what == "drafts":
            return f"/khen-thuong/danh-sach/{self.list_id}"
        return f"/khen-thuong/dot/{self.round_id}/de-nghi?trang-thai={self.what}"


async def waiting(*, actor: Actor) -> list[Waiting]:
    """Return what waits for this person in award matters (one statement)."""
    units = [f"{path}%" for path in actor.paths(access.PROPOSERS)]
    rounds = [f"{path}%" for path in actor.paths(access.HANDLERS)]
    if not units and not rounds:
        return []
    return [Waiting(*row.values()) for row in await db.fetch(_WAITING, units, rounds, WAITING)]


def cards(actor: Actor) -> list[tuple[str, str, str, str]]:
    """Return the cards that this person sees."""
    return [card[:4] for card in CARDS if not card[4] or actor.has(card[4])]
