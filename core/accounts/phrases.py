"""What people read about accounts, in Vietnamese."""

from __future__ import annotations

from core.accounts.schemas import Role

ROLE_NAMES = {
    Role.UNIT_CLERK: "Người soạn",
    Role.UNIT_HEAD: "Thủ trưởng đơn vị",
    Role.OFFICER: "Chuyên viên",
    Role.DEPARTMENT_HEAD: "Lãnh đạo Sở",
    Role.RECORDS_CLERK: "Văn thư",
    Role.COUNCIL_MEMBER: "Thành viên Hội đồng",
    Role.COUNCIL_SECRETARY: "Thư ký Hội đồng",
    Role.TENANT_ADMIN: "Quản trị",
    Role.AUDITOR: "Kiểm tra",
}
STATE_NAMES = {"active": "Đang dùng", "locked": "Đã khóa", "inactive": "Ngừng dùng"}

WRONG_SIGN_IN = (
    "Tên đăng nhập hoặc mật khẩu không đúng. Sau {limit} lần sai, tài khoản bị khóa; khi đó hoặc"
    " khi quên mật khẩu, hãy liên hệ quản trị của Sở."
)
WRONG_CODE = "Mã không đúng hoặc đã dùng rồi. Hãy chờ mã mới trên điện thoại rồi nhập lại."
NO_CODE = "Tài khoản này cần thêm mã xác thực."
WRONG_PASSWORD = "Mật khẩu không đúng."  # noqa: S105 -- a sentence
CODE_NEEDED = "Phiên đã quá lâu: cần nhập cả mã xác thực."
LOCKED = "Tài khoản đã bị khóa vì nhập sai nhiều lần. Hãy liên hệ quản trị của Sở để mở khóa."
FINISH_IN_BROWSER = (
    "Hãy đăng nhập trên trang web một lần để hoàn tất mật khẩu và mã xác thực, rồi lấy mã truy cập."
)
ENROL_AGAIN = "Trang thiết lập đã mở quá lâu. Hãy quét lại mã mới."
ALREADY_ENROLLED = "Tài khoản đã có xác thực hai lớp."
LINK_USED = "Đường dẫn đã dùng rồi hoặc quá hạn. Hãy yêu cầu đường dẫn mới."

NO_USERNAME = (
    "Tên đăng nhập gồm 3 đến 100 ký tự: chữ cái không dấu, chữ số, dấu chấm, gạch ngang, @."
)
USERNAME_TAKEN = "Tên đăng nhập “{username}” đã có người dùng."
NAMES_TAKEN = "Có tên đăng nhập vừa được người khác dùng. Hãy xem trước lại rồi nhập."
TOO_MANY_ACCOUNTS = (
    "Sở đã dùng hết số tài khoản được cấp. Hãy ngừng dùng những tài khoản không còn cần, hoặc"
    " đề nghị người vận hành nâng hạn mức."
)
NO_NAME = "Hãy nhập họ và tên."
BAD_EMAIL = "Địa chỉ thư không đúng dạng, ví dụ: ten@soyte.gov.vn."
UNKNOWN_UNIT = "Hãy chọn một đơn vị trong phạm vi quản trị của bạn."
UNKNOWN_ROLE = "Hãy chọn một vai trò."
NOT_YOURSELF = "Việc này phải do một quản trị khác làm."
SUPPORT_ACCOUNT = (
    "Đây là tài khoản hỗ trợ của người vận hành: không có mật khẩu, không nhận vai trò, lời mời hay"
    " ủy quyền. Muốn cho vào hoặc chấm dứt, hãy dùng trang Hỗ trợ từ người vận hành."
)

TOO_SHORT = "Mật khẩu cần ít nhất {least} ký tự; bạn mới gõ {typed}."
TOO_LONG = "Mật khẩu dài quá {most} ký tự."
FEW_CLASSES = "Mật khẩu cần có đủ: {missing}."
CLASSES = ("chữ thường", "chữ hoa", "chữ số", "ký tự khác (ví dụ - . ! @ hoặc dấu cách)")
HAS_USERNAME = "Mật khẩu không được chứa tên đăng nhập."
SAME_AS_BEFORE = "Mật khẩu mới phải khác mật khẩu đang dùng."
NOT_REPEATED = "Hai lần gõ mật khẩu mới không giống nhau."

PASSWORD_SET = "Đã đặt mật khẩu mới. Mời đăng nhập."  # noqa: S105 -- a sentence
PASSWORD_CHANGED = "Đã đổi mật khẩu. Các phiên khác của bạn đã kết thúc."  # noqa: S105 -- a sentence
SESSION_ENDED = "Đã kết thúc phiên đó."
SESSIONS_ENDED = "Đã kết thúc {count} phiên khác."
UNLOCKED = "Đã mở khóa tài khoản."
NOW_LOCKED = "Đã khóa tài khoản và kết thúc các phiên của tài khoản này."
NOW_INACTIVE = "Tài khoản đã ngừng dùng; các phiên đã kết thúc."
FACTOR_RESET = "Đã gỡ xác thực hai lớp; người dùng sẽ thiết lập lại ở lần đăng nhập tới."
GRANTED = "Đã giao vai trò."
REVOKED = "Đã thu hồi vai trò."
FOR_ALL = "Từ nay mọi vai trò phải dùng xác thực hai lớp, kể từ lần đăng nhập tới."
NOT_FOR_ALL = "Chỉ những vai trò bắt buộc phải dùng xác thực hai lớp."

OUT_OF_USE = "Tài khoản đang ngừng dùng. Hãy cho dùng lại; khi đó có phiếu mật khẩu mới."
INVITATION_OVER = (
    "Lời mời này đã dùng rồi, đã hủy hoặc quá hạn. Nếu đã đặt mật khẩu, hãy đăng nhập; nếu chưa,"
    " hãy nhờ quản trị của Sở gửi lời mời mới."
)
INVITATION_SUBJECT = "Lời mời dùng hệ thống thi đua của {department}"
INVITATION_FACTS = "Tên đăng nhập: {username}. Đường dẫn dùng được một lần, trong {days} ngày."
INVITATION_BODY = (
    "Kính gửi {name},\n\n"
    "{department} đã tạo tài khoản cho anh/chị trên hệ thống thi đua. Tên đăng nhập: {username}\n\n"
    "Trong {days} ngày, hãy mở đường dẫn sau để đặt mật khẩu đầu tiên:\n\n{link}\n\n"
    "Đường dẫn chỉ dùng được một lần và chỉ dành cho anh/chị. Quá hạn, hãy nhờ quản trị gửi lại.\n"
)
WAITING_STATES = {
    "never": "Chưa mời",
    "sent": "Đã gửi thư mời",
    "ended": "Lời mời hết hạn, đã hủy",
    "slip": "Đã in phiếu",
}
NOBODY_CHOSEN = "Chưa chọn ai. Đánh dấu ở cột Chọn rồi bấm lại."
TOO_MANY_CHOSEN = "Mỗi lần tối đa {most} người; bạn chọn {chosen}. Hãy bỏ bớt rồi làm tiếp lần sau."
NOT_WAITING = "Có người trong danh sách đã tự đặt mật khẩu hoặc không thuộc phạm vi của bạn."
INVITED = "Đã gửi thư mời cho {count} người."
NOT_INVITED = " {count} người không có thư điện tử: hãy in phiếu."
CANCELLED = "Đã hủy {count} lời mời."
NO_DECISION = "Cần ghi số, ngày văn bản ủy quyền, tối đa 200 ký tự."
NO_DAY = "Hãy chọn ngày."
DAY_PAST = "Ngày bắt đầu đã qua. Ủy quyền bắt đầu từ hôm nay hoặc sau đó."
DAYS_TURNED = "Ngày cuối phải bằng hoặc sau ngày bắt đầu."
TOO_LONG_DELEGATION = "Ngày cuối {day} cách hôm nay quá một năm. Xin kiểm tra lại năm."
NO_DELEGATE = "Hãy chọn người nhận, có tài khoản đang dùng tại đơn vị hoặc đơn vị bên trong."
DELEGATE_WITHOUT_FACTOR = (
    "Vai trò này cần xác thực hai lớp mà {name} chưa bật. Hãy nhờ {name} bật tại trang Tài khoản"
    " của tôi rồi ủy quyền lại."
)
HAS_ROLE = "{name} đã có vai trò này trong những ngày đó."
DELEGATED = "Đã ủy quyền; người nhận được báo."
DELEGATED_TITLE = "{name} ủy quyền cho bạn: {role}"
DELEGATED_BODY = "Tại {unit}, từ {first} đến hết ngày {last}, theo {decision}."
DELEGATION_ENDED = "Ủy quyền này đã hết hạn hoặc đã chấm dứt."
DELEGATION_NOW_ENDED = "Đã chấm dứt ủy quyền."
NO_UNUSED_CHOSEN = "Hãy chọn ít nhất một tài khoản còn đang không dùng."
CLOSED_UNUSED = "Đã đóng {n} tài khoản."
RESET_SUBJECT = "Đặt lại mật khẩu"
RESET_FACTS = (
    "Tên đăng nhập: {username}. Đường dẫn dùng được một lần, trong {minutes} phút. Nếu không phải"
    " anh/chị yêu cầu, xin bỏ qua thư này."
)
RESET_BODY = (
    "Kính gửi {name},\n\n"
    "Có yêu cầu đặt lại mật khẩu cho tài khoản {username}. Trong {minutes} phút, hãy mở đường dẫn"
    " sau để đặt mật khẩu mới:\n\n{link}\n\n"
    "Nếu không phải anh/chị yêu cầu, xin bỏ qua thư này; mật khẩu cũ vẫn dùng được.\n"
)


_SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)
_BROWSERS = (
    ("Edg", "Edge"),
    ("coc_coc", "Cốc Cốc"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def device(kind: str, user_agent: str) -> str:
    """Say in words on what a session runs."""
    if kind == "api":
        return "Phần mềm khác (mã truy cập)"
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "Trình duyệt")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return f"{browser} trên {system}" if system else browser


def rule_sentence(least: int, classes: int) -> str:
    """Say the rule of passwords before somebody types one."""
    sentence = f"Ít nhất {least} ký tự"
    if classes:
        sentence += ", có đủ chữ thường, chữ hoa, chữ số và ký tự khác"
    return sentence + ". Một câu ngắn dễ nhớ là tốt nhất."


UNUSED_TITLE = "Tài khoản của bạn sắp ngừng dùng"
UNUSED_BODY = (
    "Lần dùng gần nhất là ngày {last}. Nếu không đăng nhập trước ngày {end}, tài khoản sẽ ngừng"
    " dùng. Chỉ cần đăng nhập một lần là tiếp tục dùng được."
)
PERSON_ELSEWHERE = "Người này không thuộc đơn vị đã chọn."
PERSON_HAS_ACCOUNT = "{name} đã có tài khoản {username}. Mỗi người một tài khoản."
