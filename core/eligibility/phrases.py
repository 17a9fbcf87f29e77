"""What the room says, in Vietnamese."""

from __future__ import annotations

from core.eligibility.catalogue import RATING_WORDS
from core.eligibility.schemas import HoldKind, Scope

RATINGS = {str(key): words for key, words in RATING_WORDS.items()}
SCOPES = {
    Scope.UNIT.value: "Đơn vị",
    Scope.LEADERSHIP.value: "Tập thể lãnh đạo, quản lý",
    Scope.PERSON.value: "Cá nhân",
}
STATES = {"official": "Chính thức", "provisional": "Tạm thời"}
KINDS = {"unit": "Tập thể", "person": "Cá nhân", "other": "Đối tượng khác"}
OTHER_KINDS = {"organisation": "Tổ chức", "household": "Hộ gia đình", "person": "Người ngoài ngành"}
LEVELS = {
    "unit": "Cơ sở",
    "province": "Cấp tỉnh, thành phố",
    "national": "Toàn quốc",
}
HOLD_KINDS = {
    HoldKind.DISCIPLINE_CONSIDERED.value: "Đang xem xét kỷ luật",
    HoldKind.INVESTIGATION.value: "Đang điều tra, thanh tra, kiểm tra có dấu hiệu vi phạm",
    HoldKind.COMPLAINT.value: "Đơn thư, phản ánh đang xác minh",
    HoldKind.DISCIPLINE.value: "Đang chịu kỷ luật",
}
OUTCOMES = {
    "met": "Đạt",
    "not_met": "Không đạt",
    "pending": "Còn chờ",
    "needs_judgement": "Cần xem xét",
    "": "Chưa kiểm tra",
}
TRIGGERS = {
    "sent": "khi đơn vị gửi",
    "received": "khi tiếp nhận",
    "asked": "khi có thông tin mới",
    "ratings": "khi nhập xếp loại",
    "hold": "khi tạm dừng hoặc hết tạm dừng",
    "decision": "khi quyết định",
}
NO_SUBJECT = "Không tìm thấy tập thể, cá nhân hay đối tượng này."
BAD_YEAR = "Ghi năm từ {first} đến {last}."
FUTURE_YEAR = "Năm {year} chưa tới: chỉ ghi được đến năm {last}."
BAD_RATING = "Chọn một mức xếp loại."
BAD_SCOPE = "Chọn đúng đối tượng xếp loại: tập thể hoặc tập thể lãnh đạo của đơn vị; cá nhân."
BAD_STATE = "Chọn xếp loại tạm thời hay chính thức."
NO_BASIS = "Ghi căn cứ: số, ngày của văn bản xếp loại."
NO_SOURCE = "Ghi nguồn của thông tin: văn bản, cuộc họp hoặc người xác nhận."
BAD_NUMBER = "“{label}” là số từ 1 đến 9999, ví dụ 3 hoặc 2,5."
NOTHING_CHANGED = "Chưa có thông tin nào thay đổi."
LONG = "Ghi không quá {most} chữ."
RATING_SAVED = "Đã ghi xếp loại năm {year} của {name}. Các đề nghị liên quan sẽ được kiểm tra lại."
FACTS_SAVED = "Đã ghi thông tin năm {year} của {name}."
HOLD_MADE = "Đã ghi tạm dừng. Các đề nghị của {name} sẽ được kiểm tra lại."
HOLD_RELEASED = "Đã ghi ngày hết tạm dừng. Đến ngày đó hệ thống tự kiểm tra lại."
HOLD_ENDED_ALREADY = "Việc tạm dừng này đã có ngày hết."
NO_REASON = "Ghi lý do và văn bản làm căn cứ."
BAD_DAY = "Ghi ngày, ví dụ 23/11/2026."
FUTURE_DAY = "Ngày bắt đầu không được sau hôm nay."
BEFORE_START = "Ngày này không được trước ngày bắt đầu tạm dừng."
NEEDS_COUNTS_FROM = "Sau kỷ luật, ghi ngày bắt đầu tính thành tích."
BAD_HOLD_KIND = "Chọn một lý do tạm dừng."
NO_NAME = "Ghi tên, không quá 300 chữ."
BAD_KIND = "Chọn một loại."
BAD_LEVEL = "Chọn cấp công nhận."
NO_UNIT = "Chọn đơn vị."
AUTHOR_UNKNOWN = "Dòng {line}: không có ai tên “{name}” ở {unit}."
AUTHOR_SEVERAL = (
    "Dòng {line}: ở {unit} có nhiều người tên “{name}”; ghi thêm chức vụ sau tên, cách"
    " nhau bằng dấu chấm phẩy."
)
AUTHOR_TWICE = "Dòng {line}: “{name}” đã có ở dòng trên."
AUTHOR_SHARE = "Dòng {line}: tỷ lệ đóng góp là số nguyên từ 1 đến 100."
AUTHOR_SUM = "Tổng tỷ lệ đóng góp là {total}%, nhiều hơn 100%."
AUTHOR_UNIT = "Dòng {line}: không có đơn vị mã “{code}”."
NO_AUTHOR = "Ghi ít nhất một tác giả, mỗi dòng một người."
INITIATIVE_SAVED = "Đã ghi sáng kiến “{name}”."
OTHER_SAVED = "Đã ghi {name}."
RECHECK_ASKED = "Hệ thống đang kiểm tra lại các đề nghị; vài giây nữa tải lại trang."
IMPORT_DONE = "Đã ghi {n} kết quả xếp loại. Các đề nghị liên quan đang được kiểm tra lại."
IMPORT_NOTHING = "Mọi dòng đã có sẵn đúng như vậy; không có gì phải ghi."
IMPORT_ERRORS = "Tệp còn chỗ cần sửa nên chưa ghi gì."
NO_FILE = "Chưa chọn tệp nào."
NO_HEADINGS = "Không thấy dòng tiêu đề. Hãy tải tệp mẫu, chép dữ liệu vào rồi tải lên."
NO_COLUMN = "Danh sách thiếu cột {names}. Hãy thêm cột đó, đặt tên đúng như tệp mẫu."
NO_ROWS = "Danh sách không có dòng nào."
TOO_MANY = "Danh sách có {n} dòng; mỗi lần nhập nhiều nhất {most} dòng."
ROW_UNIT = "Không có đơn vị “{words}”. Ghi mã đơn vị như ở trang Đơn vị."
ROW_NO_UNIT = "Ghi mã đơn vị."
ROW_NOT_YOURS = "Đơn vị này không thuộc phạm vi bạn phụ trách."
ROW_PERSON = "Không có ai tên “{name}” ở {unit}."
ROW_PEOPLE = "Ở {unit} có {n} người tên “{name}”: ghi thêm chức vụ đúng như ở trang Nhân sự."
ROW_YEAR = "Ghi năm bằng bốn chữ số, từ {first} đến {last}."
ROW_FUTURE = "Năm {year} chưa tới."
ROW_RATING = "Không rõ mức “{words}”. Ghi một trong: {choices}."
ROW_SCOPE = "Không rõ đối tượng “{words}”. Để trống, hoặc ghi: {choices}."
ROW_LEADERSHIP = "Dòng có họ tên là xếp loại cá nhân; bỏ họ tên nếu xếp loại tập thể."
ROW_DOUBLE = "Trùng với dòng {row}."
ROW_CONTRARY = "Trái với dòng {row}: cùng đối tượng, cùng năm mà mức khác nhau."
ROW_BASIS = "Ghi căn cứ ở cột này hoặc ở ô Căn cứ khi tải lên."
BLOCKED = "{name} chưa đủ điều kiện: {why}."
BLOCKED_MORE = "Còn {n} trường hợp khác chưa đủ điều kiện."
CHANGED_TITLE = "{count} đề nghị đổi kết quả xét điều kiện"
CONTRADICTED = "Trong đó {count} trường hợp đã có quyết định, nay không còn đủ điều kiện."
