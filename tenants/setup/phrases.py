"""Vietnamese words of the set-up path."""

from __future__ import annotations

NO_HEADINGS = (
    "Không thấy dòng tiêu đề của danh sách. Hãy tải tệp mẫu, chép dữ liệu vào rồi tải lên."
)
NO_COLUMN = "Danh sách thiếu cột {names}. Hãy thêm cột đó, đặt tên đúng như tệp mẫu."
NO_ROWS = "Danh sách chưa có dòng nào dưới tiêu đề."
TOO_MANY = (
    "Danh sách có {total} dòng; mỗi lần nhận tối đa {most} dòng. Hãy bỏ dòng thừa hoặc chia"
    " thành nhiều tệp. Dưới đây chỉ xem {most} dòng đầu."
)

# of a row
MISSING = "Cần điền cột này."
TOO_LONG = "Dài quá {most} ký tự."
CODE_TWICE = "Mã {code} đã có ở dòng {row}. Mỗi đơn vị một mã; sửa một trong hai dòng."
CODE_OF_ROOT = "Mã {code} là của Sở. Tên của Sở sửa ở trang Thông tin của Sở; bỏ dòng này."
CODE_CLOSED = "Mã {code} thuộc đơn vị đã đóng “{name}”. Hãy dùng mã khác."
UNKNOWN_KIND = "“{value}” không phải loại đơn vị. Chọn một trong: {choices}."
KIND_NEEDS_PARENT = "Khoa, phòng phải có mã đơn vị cấp trên."
UNKNOWN_PARENT = "Không có đơn vị mã {code} trong tệp này hay trong hệ thống."
OWN_PARENT = "Đơn vị không thể trực thuộc chính nó. Sửa mã đơn vị cấp trên."
CYCLE = "Các đơn vị trực thuộc vòng tròn: {loop}. Sửa mã cấp trên của một trong các dòng này."
BELOW_BAD = "Đơn vị cấp trên {code} đang có lỗi; sửa dòng đó trước."
MOVED = (
    "Đơn vị {code} đang trực thuộc {parent}. Chuyển sang nơi khác phải có ngày và quyết định:"
    " làm ở trang Đơn vị, không qua tệp Excel."
)
RENAMED = (
    "Đơn vị {code} đã có báo cáo dưới tên “{name}”. Đổi tên phải có ngày và quyết định: làm ở"
    " trang Đơn vị, không qua tệp Excel."
)
YES_OR_NO = "Chỉ ghi Có hoặc Không."
BAD_CHOICE = "“{value}” không có trong danh sách. Chọn một trong: {choices}."
BAD_DAY = "“{value}” không phải ngày. Ghi ngày/tháng/năm, ví dụ 05/08/1985."
BAD_NOTATION = "Ký hiệu dài quá 30 ký tự."
UNKNOWN_UNIT = "Không có đơn vị mã {code} trong tệp này hay trong hệ thống."
PERSON_TWICE = (
    "“{name}” cùng chức vụ, cùng đơn vị đã có ở dòng {row}."
    " Nếu là hai người, ghi chức vụ khác nhau."
)
BAD_USERNAME = (
    "Tên đăng nhập gồm 3 đến 100 ký tự: chữ không dấu, chữ số, dấu chấm, gạch ngang; ví dụ"
    " nguyen.van.a."
)
USERNAME_TWICE = "Tên đăng nhập {username} đã có ở dòng {row}."
USERNAME_TAKEN = "Tên đăng nhập {username} đã thuộc về {name}. Hãy chọn tên khác."
BAD_EMAIL = "Địa chỉ thư không đúng dạng, ví dụ: ten@soyte.gov.vn."
UNKNOWN_ROLE = "“{value}” không phải vai trò. Chọn trong: {choices}."
ROLE_WITHOUT_NAME = "Có vai trò thì cần ghi tên đăng nhập; hoặc bỏ trống vai trò."
ACCOUNT_WITHOUT_ROLE = "Có tên đăng nhập thì cần ghi ít nhất một vai trò."

# of the whole
STATUS = {"new": "Mới", "changed": "Đổi", "same": "Giữ nguyên"}
STATES = {"staged": "Đang xem trước", "applied": "Đã nhập", "discarded": "Đã bỏ"}
FIELDS = {
    "name": "tên",
    "short_name": "tên ngắn",
    "kind": "loại",
    "owes_reports": "việc nộp báo cáo",
    "notation": "ký hiệu",
    "place": "địa danh",
    "has_legal_personality": "tư cách pháp nhân",
}
NOT_READY = "Danh sách còn lỗi hoặc không có gì để ghi, nên chưa nhập được."
FINISHED = "Danh sách này đã được nhập hoặc đã bỏ. Hãy tải lên danh sách khác."
NO_FILE = "Chưa chọn tệp nào."
DISCARDED = "Đã bỏ danh sách; không có gì được ghi."
SUMMARY = "{units} đơn vị mới, {changed} đơn vị đổi, {people} người mới, {accounts} tài khoản mới"
APPLIED = "Đã nhập: {summary}."

# the path: key → (title, what for, verb of the main button)
STEPS = {
    "identity": (
        "Thông tin của Sở",
        "Tên, mã, liên hệ, ký hiệu văn bản, người phụ trách dữ liệu cá nhân.",
        "Khai thông tin của Sở",
    ),
    "plugin": (
        "Bộ quy tắc của tỉnh",
        "Kế hoạch phong trào của tỉnh mà đơn vị vận hành đã kích hoạt cho Sở.",
        "Xem bộ quy tắc",
    ),
    "units": (
        "Đơn vị và nhân sự",
        "Cây đơn vị trực thuộc và những người làm việc ở đó.",
        "Nhập danh sách từ Excel",
    ),
    "accounts": (
        "Vai trò và tài khoản đầu tiên",
        "Ai soạn, ai ký duyệt ở đơn vị; ai nhận, ai duyệt ở Sở.",
        "Giao vai trò và tài khoản",
    ),
    "plan": (
        "Điều kế hoạch để Sở tự đặt",
        "Hạn nộp kế hoạch không nêu, nhắc việc, tiêu chí thêm, văn bản kế hoạch của Sở.",
        "Đặt các giá trị còn thiếu",
    ),
    "publish": (
        "Xem trước và công bố",
        "Sau khi công bố, Sở mở được kỳ báo cáo. Bản đã công bố không sửa được.",
        "Xem trước và công bố",
    ),
}
STEP_STATES = {
    "todo": ("Chưa làm", "idle", "circle-dashed"),
    "doing": ("Đang làm", "info", "pencil"),
    "done": ("Xong", "ok", "circle-check"),
}
NO_PLUGIN = "bộ quy tắc chưa dùng được; liên hệ đơn vị vận hành hệ thống"
NO_UNITS = "đơn vị trực thuộc"
NO_OWING_UNITS = "đơn vị phải nộp báo cáo"
NO_PEOPLE = "nhân sự"
THERE_ARE_UNITS = "Đã có {units} đơn vị, {people} người."
LIST_WAITS = "Có một danh sách đang chờ bạn xác nhận."
NO_ACCOUNT = {
    "officers": "tài khoản chuyên viên của Sở",
    "leaders": "tài khoản lãnh đạo Sở",
    "heads": "tài khoản thủ trưởng của ít nhất một đơn vị",
    "clerks": "tài khoản người soạn của ít nhất một đơn vị",
}
WITHOUT_HEAD = "{count} đơn vị chưa có thủ trưởng; báo cáo ở đó chưa ai nộp được."
WITHOUT_CLERK = "{count} đơn vị chưa có người soạn."
NOT_COME = "{count} người chưa đăng nhập lần đầu."
ONE_ADMIN = "Sở nên có ít nhất hai quản trị, để người này mở khóa được cho người kia."
NO_EDITION = "bản kế hoạch được công bố"
NEWEST_EDITION = "Đã công bố bản số {number}."
