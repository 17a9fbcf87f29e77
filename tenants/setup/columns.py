"""The columns of the Excel list, as they are written and as they are recognised."""

from __future__ import annotations

import msgspec

from core.accounts.phrases import ROLE_NAMES
from core.kit.i18n import fold
from core.organisation.phrases import GENDERS, KINDS, WORK_KINDS

UNIT_SHEET, PEOPLE_SHEET, HELP_SHEET = "Đơn vị", "Nhân sự", "Hướng dẫn"
ERROR_COLUMN = "Lỗi"
YES, NO = "Có", "Không"


class Column(msgspec.Struct, frozen=True):
    """A column: its key in the program, its heading, what goes into it, other headings for it."""

    key: str
    heading: str
    hint: str
    required: bool = False
    width: int = 18
    others: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


# Labels that may be chosen; the department itself is not imported.
UNIT_KINDS = {label: key for key, label in KINDS.items() if key != "department"}
GENDERS_BY_LABEL = {label: key for key, label in GENDERS.items() if key}
WORK_KINDS_BY_LABEL = {label: key for key, label in WORK_KINDS.items() if key}
ROLES = {label: role.value for role, label in ROLE_NAMES.items()}

UNIT_COLUMNS = (
    Column("code", "Mã đơn vị", "Ngắn, không trùng nhau; giữ nguyên mã này ở các lần nhập sau.",
           required=True, width=14, others=("mã",)),
    Column("name", "Tên đơn vị", "Tên đầy đủ như trên văn bản.", required=True, width=44,
           others=("tên",)),
    Column("short_name", "Tên ngắn", "Có thể để trống.", others=("tên viết tắt",)),
    Column("kind", "Loại đơn vị", "Chọn trong danh sách thả xuống.", required=True, width=20,
           others=("loại",), choices=tuple(UNIT_KINDS)),
    Column("parent", "Mã đơn vị cấp trên", "Để trống nếu trực thuộc Sở.",
           others=("đơn vị cấp trên", "mã cấp trên")),
    Column("owes", "Phải nộp báo cáo", "Có hoặc Không. Để trống: đơn vị trực thuộc Sở là Có,"
           " khoa, phòng là Không.", choices=(YES, NO), others=("nộp báo cáo",)),
    Column("notation", "Ký hiệu văn bản", "Phần sau số văn bản, ví dụ BVĐK. Có thể để trống.",
           others=("ký hiệu",)),
    Column("place", "Địa danh trên văn bản", "Để trống: như của Sở.", others=("địa danh",)),
    Column("legal", "Tư cách pháp nhân", "Có hoặc Không. Đơn vị có tư cách pháp nhân được tặng Giấy"
           " khen cho người của mình. Để trống: Không.", choices=(YES, NO), others=("pháp nhân",)),
)  # fmt: skip
PEOPLE_COLUMNS = (
    Column("name", "Họ và tên", "Viết đủ dấu.", required=True, width=28),
    Column("title", "Chức vụ", "Có thể để trống.", width=22, others=("chức danh",)),
    Column("unit", "Mã đơn vị", "Mã ở trang “Đơn vị”, hoặc của đơn vị đã có. Để trống: tại Sở.",
           width=14, others=("đơn vị",)),
    Column("username", "Tên đăng nhập", "Chỉ ghi khi người này cần tài khoản: chữ không dấu, số,"
           " dấu chấm; ví dụ nguyen.van.a.", width=20, others=("tài khoản",)),
    Column("roles", "Vai trò", "Chọn trong danh sách; nhiều vai trò thì cách nhau bằng dấu phẩy.",
           width=22, choices=tuple(ROLES)),
    Column("email", "Thư điện tử", "Để gửi thư mời; có thể để trống rồi in phiếu.", width=28,
           others=("email", "thư", "e-mail")),
    Column("gender", "Giới tính", "Nữ hoặc Nam. Có thể để trống.", width=12,
           choices=tuple(GENDERS_BY_LABEL)),
    Column("work_kind", "Loại công việc", "Chọn trong danh sách. Có thể để trống.", width=22,
           choices=tuple(WORK_KINDS_BY_LABEL)),
    Column("birth_date", "Ngày sinh", "Ngày/tháng/năm, ví dụ 05/08/1985. Có thể để trống.",
           width=14),
    Column("joined_on", "Ngày vào làm việc", "Từ ngày làm việc tại các đơn vị của ngành y tế tỉnh."
           " Có thể để trống.", width=16),
)  # fmt: skip
TABLES = {"units": UNIT_COLUMNS, "people": PEOPLE_COLUMNS}
SHEETS = {"units": UNIT_SHEET, "people": PEOPLE_SHEET}


def plain(text: str) -> str:
    """Return a heading or a choice without diacritics, case, stars and doubled spaces."""
    return " ".join(fold(text).replace("*", " ").replace("_", " ").split())


def heading_of(table: str, key: str) -> str:
    """Return the heading of a column."""
    return next(column.heading for column in TABLES[table] if column.key == key)


def recognised(table: str, headings: list[str]) -> dict[str, int]:
    """Return key → position of the columns of a table found in a row of headings."""
    places = {plain(text): position for position, text in reversed(list(enumerate(headings)))}
    found = {}
    for column in TABLES[table]:
        for name in (column.heading, *column.others):
            if plain(name) in places:
                found[column.key] = places[plain(name)]
                break
    return found
