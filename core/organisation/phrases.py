"""Vietnamese words of the organisation pages and of their refusals."""

from __future__ import annotations

KINDS = {
    "department": "Sở Y tế",
    "department_office": "Phòng thuộc Sở",
    "hospital": "Bệnh viện",
    "center": "Trung tâm",
    "commune_station": "Trạm y tế",
    "subunit": "Khoa, phòng",
}
LEVELS = {"department": "Sở", "unit": "Đơn vị", "subunit": "Khoa, phòng"}

NO_NAME = "Cần ghi tên đơn vị."
NO_CODE = "Cần ghi mã đơn vị, tối đa 63 ký tự."
CODE_TAKEN = "Mã {code} đã có ở đơn vị khác."
UNKNOWN_KIND = "Loại đơn vị không hợp lệ."
UNKNOWN_PARENT = "Không tìm thấy đơn vị cấp trên có mã {code}."
NO_ROOT = "Sở chưa có cây đơn vị."
CLOSED_UNIT = "Đơn vị đã ngừng hoạt động nên không thay đổi được nữa."
ROOT_STAYS = (
    "Đây là đơn vị gốc của Sở: không đổi tên, chuyển, sáp nhập, chia tách hay giải thể ở đây."
)
NO_DECISION = "Cần ghi số, ngày quyết định (hoặc văn bản) làm căn cứ, tối đa 200 ký tự."
NO_DAY = "Cần chọn ngày có hiệu lực."
DAY_AHEAD = (
    "Ngày có hiệu lực {day} chưa tới. Cây đơn vị chỉ ghi việc đã có hiệu lực; hãy làm việc này từ"
    " ngày đó."
)
DAY_TOO_OLD = "Ngày có hiệu lực {day} đã quá một năm. Xin kiểm tra lại năm."
DAY_BEFORE_LAST = (
    "Lần thay đổi gần nhất của đơn vị có hiệu lực từ {day}; lần này không thể sớm hơn."
)
SAME_NAME = "Tên, tên ngắn và mã đều như cũ."
LONG_NOTATION = "Ký hiệu văn bản dài tối đa 30 ký tự."
NO_PARENT = "Hãy chọn đơn vị cấp trên mới."
SAME_PARENT = "Đơn vị đang ở ngay dưới {name} rồi."
UNDER_ITSELF = "Không thể đưa đơn vị vào bên trong chính nó hoặc đơn vị trực thuộc của nó."
NO_TARGET = "Hãy chọn đơn vị nhận sáp nhập."
INTO_ITSELF = "Không thể sáp nhập một đơn vị vào chính nó."
INTO_OWN_CHILD = (
    "Không thể sáp nhập vào một đơn vị trực thuộc của chính nó. Hãy chuyển đơn vị đó ra trước."
)
NO_PARTS = "Cần ít nhất {least} đơn vị mới, mỗi đơn vị có tên và mã."
PART_INCOMPLETE = "Đơn vị mới thứ {n} cần có cả tên và mã."
HAS_CHILDREN = (
    "Còn {n} đơn vị trực thuộc đang hoạt động. Hãy chuyển, sáp nhập hoặc giải thể các đơn vị đó"
    " trước."
)
BAD_PEOPLE_UNIT = "Hãy chọn một đơn vị khác đang hoạt động để nhận người."
MERGED_REASON = "{name} đã sáp nhập vào {into} theo {decision}."
SPLIT_REASON = "{name} đã chia tách theo {decision}."
CLOSED_REASON = "{name} đã giải thể theo {decision}."
MOVES_DROPPED = "Đơn vị đã thay đổi tổ chức nên việc điều chuyển này không còn hiệu lực."
CHANGE_NAMES = {
    "rename": "Đổi tên",
    "move": "Chuyển đơn vị cấp trên",
    "merge": "Sáp nhập",
    "split": "Chia tách",
    "close": "Giải thể",
}

NO_PERSON_NAME = "Cần ghi họ và tên."
