"""What the demo knows of its people: read from the name and the post, as a reader would guess."""

from __future__ import annotations

from core.organisation.schemas import PersonView, Profile

_LEADING = ("Giám đốc", "Phó Giám đốc", "Trưởng", "Phó Trưởng", "Chánh", "Phó Chánh", "Viện trưởng")
_SUPPORTING = ("Nhân viên", "Văn thư", "Kế toán", "Lái xe", "Chuyên viên", "Bảo vệ")
_FEMALE = frozenset(
    ("Chi", "Giang", "Hà", "Hoa", "Hương", "Lan", "Mai", "Nga", "Ngọc", "Oanh", "Thảo", "Thu",
     "Trang", "Yến")
)  # fmt: skip


def profile_of(person: PersonView) -> Profile:
    """Return the made-up profile of a made-up person."""
    words = person.full_name.split()
    female = "Thị" in words[1:-1] or ("Văn" not in words[1:-1] and words[-1] in _FEMALE)
    title = person.job_title
    kind = (
        "leader" if title.startswith(_LEADING)
        else "support" if title.startswith(_SUPPORTING)
        else "direct"
    )  # fmt: skip
    return Profile(gender="female" if female else "male", work_kind=kind)
