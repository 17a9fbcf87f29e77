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
OWN_NAME_CHANGED = "Sửa ở trang Thông tin của Sở"
NO_ROOT = "Sở chưa có cây đơn vị."
CLOSED_UNIT = "Đơn vị đã ngừng hoạt động nên không thay đổi được nữa."
ROOT_STAYS = (
    "Đây là đơn vị gốc của Sở: không đổi tên, chuyển, sáp nhập, chia tách hay giải thể ở đây."
)
NO_DECISION = "Cần ghi số, ngày quyết định (hoặc văn bản) làm căn cứ, tối đa 200 ký tự."
NO_DAY = "Cần chọn ngày có hiệu lực."
DAY_AHEAD = "Ngày có hiệu lực {day} chưa tới."
DAY_TOO_OLD = "Ngày có hiệu lực {day} đã quá một năm. Xin kiểm tra lại năm."
DAY_BEFORE_LAST = (
    "Lần thay đổi gần nhất của đơn vị có hiệu lực từ {day}; lần này không thể sớm hơn."
)
PLANNED = "Đã ghi lại. Hệ thống tự làm vào ngày {day}; trước ngày đó còn hủy được."
PLANNED_FIRST = "Hệ thống tự làm việc này vào ngày {day}. Trước ngày đó còn hủy được."
PLANNED_WORDS = {
    "rename": "Đổi tên thành “{new}”",
    "move": "Chuyển về trực thuộc “{other}”",
    "merge": "Sáp nhập vào “{other}”",
    "split": "Chia tách, lập {parts}",
    "close": "Giải thể",
}
CHANGE_OVER = "Việc này đã làm xong hoặc đã hủy."
CHANGE_CANCELLED = "Đã hủy việc đang chờ."
CHANGE_FAILED_TITLE = "Chưa làm được việc {change}: {unit}"
ALSO_WRONG = "Dòng “{words}”: {why}"
SAME_NAME = "Tên, tên ngắn và mã đều như cũ."
TOO_LONG = "Dài tối đa {most} ký tự."
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
NO_SUCH_UNIT = "Không tìm thấy đơn vị “{words}”. Hãy gõ mã hoặc tên đơn vị."
SEVERAL_UNITS = "“{words}” hợp với nhiều đơn vị: {names}. Hãy gõ mã."
# What a change does, for the confirm page: (the count or name it needs, the sentence).
FORESEEN: dict[str, list[tuple[str, str]]] = {
    "rename": [
        ("", "Từ ngày {day}, “{unit}” mang tên “{new}” trên mọi trang và báo cáo mới."),
        ("", "Báo cáo, giấy xác nhận và văn bản đã nộp trước đây giữ nguyên tên cũ."),
        ("accounts", "{accounts} tài khoản của đơn vị giữ nguyên vai trò."),
    ],
    "move": [
        ("", "Từ ngày {day}, “{unit}” trực thuộc “{other}”."),
        ("units", "{units} đơn vị bên trong đi cùng."),
        ("", "Người, tài khoản và vai trò giữ nguyên."),
        ("", "Ai quản lý “{other}” từ nay thấy và quản lý cả “{unit}”."),
        ("", "Báo cáo trong các kỳ đang mở vẫn nộp về nơi đã yêu cầu."),
    ],
    "merge": [
        ("", "Từ ngày {day}, “{unit}” nhập vào “{other}” và thôi hoạt động."),
        ("", "“{unit}” không còn phải báo cáo trong các kỳ mở sau này."),
        ("people", "{people} người trong danh sách chuyển sang “{other}”."),
        ("accounts", "{accounts} tài khoản chuyển sang “{other}”; ủy quyền cũ chấm dứt."),
        ("units", "{units} đơn vị trực thuộc chuyển về dưới “{other}”."),
        ("", "Báo cáo đã nộp của “{unit}” giữ tên cũ, xem được ở lịch sử của “{other}”."),
    ],
    "split": [("", "Từ ngày {day}, lập {parts} từ “{unit}”.")],
    "close": [
        ("", "Từ ngày {day}, “{unit}” giải thể và không còn phải báo cáo."),
        ("", "Báo cáo đã nộp giữ nguyên, vẫn xem được."),
    ],
}
HEADS_FOLLOW = [("heads", "{heads} làm thủ trưởng tại “{other}”.")]
HEADS_STAY = [("heads", "{heads} thôi vai trò thủ trưởng; các vai trò khác chuyển theo.")]
SPLIT_KEEPS = [
    ("", "“{unit}” tiếp tục hoạt động và giữ người, tài khoản, báo cáo của mình."),
    ("", "Đơn vị mới chưa có ai: chuyển người ở trang Nhân sự, giao vai trò ở trang Tài khoản."),
]
SPLIT_CLOSES = [
    ("", "“{unit}” thôi hoạt động."),
    ("", "“{first}” kế tục: nhận {people} người, {accounts} tài khoản cùng vai trò."),
    ("units", "{units} đơn vị trực thuộc chuyển về dưới “{first}”."),
]
CLOSE_MOVES = [
    ("people", "{people} người chuyển sang “{other}”."),
    ("accounts", "{accounts} tài khoản chuyển sang “{other}” nhưng chưa có vai trò ở đó."),
]
CLOSE_ENDS = [
    ("people", "{people} người còn trong danh sách của đơn vị cũ cho tới khi được chuyển."),
    ("accounts", "{accounts} tài khoản ngừng dùng, các phiên kết thúc ngay."),
]
OUTCOMES = {
    "handed_over": "đơn vị kế tục soạn tiếp và nộp",
    "excused": "được miễn, ghi rõ lý do",
    "stays": "đã nộp, nơi nhận duyệt tiếp",
}
DONE = {
    "rename": "Đã đổi tên đơn vị.",
    "move": "Đã chuyển đơn vị.",
    "merge": "Đã sáp nhập. Đây là đơn vị nhận.",
    "split": "Đã chia tách.",
    "close": "Đã giải thể đơn vị.",
}
NO_UNIT = "Hãy chọn một đơn vị."
NO_SUCH_PERSON = "Không có ai tên “{name}” trong đơn vị đã chọn."
SEVERAL_PEOPLE = "Có {n} người tên “{name}” trong đơn vị đó. Hãy nhờ đơn vị đó gửi đề nghị."
NO_BLOCK_NAME = "Cần ghi tên khối thi đua, tối đa 200 ký tự."
BLOCK_TAKEN = "Đã có khối thi đua “{name}”."
BAD_YEAR = "Năm không hợp lệ."
UNKNOWN_MEMBER = "Có đơn vị không còn hoạt động, xin tải lại trang."
BLOCK_IN_USE = "Khối này đang có hoặc từng có đơn vị nên không xóa được, để còn tra lại các năm."
BLOCK_SAVED = "Đã lưu khối thi đua."
MEMBERS_SAVED = "Đã lưu: thêm {came} đơn vị, bớt {gone} đơn vị."
LONG_TITLE = "Chức danh dài tối đa 200 ký tự."
FAR_DAY = "Ngày {day} cách hôm nay quá một năm. Xin kiểm tra lại năm."
MOVE_WAITS = "Người này đang có một đề nghị điều chuyển chưa xong."
MOVE_ANSWERED = "Đề nghị này đã được trả lời hoặc đã rút."
OTHER_SIDE = "Bạn đã gửi đề nghị này nên bên kia (hoặc một quản trị khác) phải trả lời."
NO_ANSWER = "Cần ghi lý do không đồng ý."
MOVE_ASKED_TITLE = "Đề nghị điều chuyển: {name}"
MOVE_ASKED_BODY = "{name}, từ “{old}” về “{new}”, từ ngày {day}. Xin trả lời đồng ý hay không."
MOVE_ANSWER_TITLE = "{word} điều chuyển {name}"
MOVE_ACCEPTED_BODY = "Về “{new}” từ ngày {day}."
MOVE_STATES = {
    "asked": "Chờ bên kia trả lời",
    "accepted": "Đã đồng ý",
    "refused": "Không đồng ý",
    "withdrawn": "Đã rút",
}
GENDERS = {"": "Chưa ghi", "female": "Nữ", "male": "Nam"}
WORK_KINDS = {
    "": "Chưa ghi",
    "direct": "Trực tiếp chuyên môn",
    "leader": "Lãnh đạo, quản lý",
    "support": "Phục vụ, hỗ trợ",
}
UNKNOWN_CHOICE = "Hãy chọn một mục trong danh sách."
BAD_DATE = "Ngày chưa đúng. Hãy chọn lại ngày, hoặc để trống nếu chưa rõ."
BAD_PAST_DAY = "Ngày phải từ năm 1900 đến hôm nay. Xin kiểm tra lại năm."
JOINED_BEFORE_BIRTH = "Ngày vào làm việc phải sau ngày sinh."
PERSON_SAVED = "Đã lưu thông tin."
PERSON_ADDED = "Đã thêm {name}."
MOVE_ASKED = "Đã gửi đề nghị tới thủ trưởng bên kia."
MOVE_DONE = "Đã điều chuyển."
MOVE_PLANNED = "Đã đồng ý; việc điều chuyển có hiệu lực vào ngày đã ghi."
MOVE_REFUSED = "Đã gửi câu trả lời."
MOVE_WITHDRAWN = "Đã rút đề nghị."
ADDED = "Đã thêm {name}."
SAVED = "Đã lưu thông tin đơn vị."
CHANGE_NAMES = {
    "rename": "Đổi tên",
    "move": "Chuyển đơn vị cấp trên",
    "merge": "Sáp nhập",
    "split": "Chia tách",
    "close": "Giải thể",
}

NO_PERSON_NAME = "Cần ghi họ và tên."
