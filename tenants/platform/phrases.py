"""What operators read, in Vietnamese."""

from __future__ import annotations

SITE_NAME = "Vận hành nền tảng"
SITE_LINE = "Dành cho người vận hành; không thấy dữ liệu của các Sở"
ROLE_NAME = "Người vận hành"

WRONG_SIGN_IN = (
    "Tên đăng nhập hoặc mật khẩu không đúng. Sau {limit} lần sai, tài khoản bị khóa; khi đó hãy nhờ"
    " một người vận hành khác đặt lại trên máy chủ."
)
LOCKED = (
    "Tài khoản đã bị khóa vì nhập sai nhiều lần. Hãy nhờ một người vận hành khác đặt lại trên máy"
    " chủ."
)
BAD_USERNAME = (
    "Tên đăng nhập gồm 3 đến 100 ký tự: chữ cái không dấu, chữ số, dấu chấm, gạch ngang, @."
)
USERNAME_TAKEN = "Tên đăng nhập “{username}” đã có người vận hành dùng."
NO_OPERATOR = "Không có người vận hành nào tên “{username}”."
OPERATOR_CLOSED = "Tài khoản “{username}” đã đóng. Người trở lại dùng tài khoản mới, tên khác."
LAST_OPERATOR = (
    "Đây là người vận hành cuối cùng còn dùng. Hãy thêm người khác trước khi đóng tài khoản này."
)
OPERATOR_STATES = {"active": "Đang dùng", "locked": "Đã khóa", "inactive": "Ngừng dùng"}
PASSWORD_CHANGED = "Đã đổi mật khẩu. Các phiên khác của bạn đã kết thúc."  # noqa: S105 -- a sentence

STATUSES = {"active": "Đang phục vụ", "suspended": "Tạm dừng", "preparing": "Đang chuẩn bị"}
NO_PLUGIN = "Plugin “{slug}” chưa cài hoặc không nạp được."
VERSION_WAITS = "Phiên bản {version} của plugin đã cài, chưa mở cho Sở này."
NO_EDITION = "Chưa công bố kế hoạch."
OTHER_PLUGIN = (
    "Kế hoạch đã công bố lập theo plugin “{before}”, Sở nay dùng “{now}”: Sở chưa mở được kỳ mới"
    " cho đến khi công bố kế hoạch theo plugin này."
)
STORAGE_NEARLY_FULL = "Kho tệp đã dùng trên 90 % hạn mức."
ACCOUNTS_NEARLY_FULL = "Số tài khoản đã trên 90 % hạn mức."
FAILURES = "Việc nền hỏng: {jobs}; thư không gửi được: {mails}."
TO_BE_DELETED = "Đang chờ xóa: toàn bộ dữ liệu của Sở bị xóa khi {day}."
WRONG_SLUG = "Gõ đúng mã của Sở để xác nhận: {slug}."
KEPT = "Đã rút lại yêu cầu xóa. Dữ liệu của {name} được giữ nguyên."
ASKS_DELETION = "Người vận hành yêu cầu xóa Sở"
KEEPS = "Người vận hành rút lại yêu cầu xóa Sở"
OPERATOR_NAME = "{name} (đơn vị vận hành)"

BAD_HOST = (
    "“{host}” không phải tên miền. Ví dụ: thidua.soyte.tinh.gov.vn (không có http:// và cổng)."
)
CONSOLE_HOST = "“{host}” là địa chỉ của trang vận hành; hãy dùng một tên miền con."
HOST_TAKEN = "Địa chỉ “{host}” đã thuộc {owner}. Chưa có gì thay đổi; hãy chọn địa chỉ khác."
SLUG_TAKEN = "Mã “{slug}” đã thuộc một Sở khác. Chưa có gì thay đổi; hãy chọn mã khác."
LAST_HOST = "Mỗi Sở cần ít nhất một địa chỉ. Hãy thêm địa chỉ mới trước khi gỡ địa chỉ này."
NO_REASON = "Hãy ghi lý do; lý do được lưu trong nhật ký."
WRONG_STATUS = "Trạng thái của Sở vừa thay đổi. Hãy tải lại trang rồi xem lại."
BAD_LIMIT = "Hãy nhập một số nguyên từ 1 trở lên, hoặc để trống khi không giới hạn."
UNKNOWN_PLUGIN = "Hãy chọn một plugin đã cài và nạp được."
SAME_PLUGIN = "Sở đang dùng chính plugin này."
ROUND_OPEN = (
    "Chưa đổi được plugin: {name} đang mở {count} kỳ báo cáo theo kế hoạch của plugin “{plugin}”."
    " Sở cần đóng các kỳ đó trước, nếu không báo cáo đang làm dở sẽ không còn khớp với kế hoạch."
)
NO_FULL_NAME = "Hãy nhập tên đầy đủ của Sở."
NO_SHORT_NAME = "Hãy nhập tên ngắn của Sở."
LONG_CODE = "Mã định danh dài tối đa 35 ký tự."

HOST_ADDED = "Đã thêm địa chỉ {host}."
HOST_REMOVED = "Đã gỡ địa chỉ {host}."
SUSPENDED = "Đã tạm dừng {name}. Trang của Sở báo là đang tạm dừng; dữ liệu còn nguyên."
RESUMED = "{name} đang được phục vụ."
LIMITS_SET = "Đã lưu hạn mức."
PLUGIN_CHANGED = "Đã đổi plugin. Sở cần xem trước và công bố kế hoạch mới."
VERSION_OPENED = "Đã mở phiên bản {version} cho {count} Sở."
NO_ADMIN_NAME = "Hãy nhập họ và tên người quản trị đầu tiên của Sở."
BAD_EMAIL = "Địa chỉ thư không đúng dạng, ví dụ: ten@soyte.gov.vn."
SUSPEND_TITLE = "Tạm dừng {name}?"
SUSPEND_SENTENCES = (
    "Mọi địa chỉ của Sở báo rằng hệ thống đang tạm dừng; {accounts} tài khoản không vào được.",
    "Dữ liệu còn nguyên. Hạn nộp báo cáo vẫn tính theo lịch.",
)
RESUME_TITLE = "Phục vụ lại {name}?"
START_TITLE = "Đưa {name} vào phục vụ?"
START_SENTENCES = ("Các địa chỉ của Sở mở ngay; {accounts} tài khoản vào được.",)
RESUME_SENTENCES = ("Các địa chỉ của Sở mở lại ngay; {accounts} tài khoản vào được như trước.",)

DATABASE = "Cơ sở dữ liệu"
DATABASE_OK = "PostgreSQL {version}, {used} trên {most} kết nối đang dùng."
VERSION = "Phiên bản {version}."
NO_ANSWER = "Không trả lời: {error}"
WORKER = "Tiến trình việc nền"
WORKER_SEEN = "Còn sống, báo hiệu {seconds} giây trước."
WORKER_AWAY = (
    "Không báo hiệu trong 15 giây qua. Hãy khởi động lại tiến trình việc nền; việc và thư đang chờ"
    " không mất."
)
WORKER_UNKNOWN = "Không biết, vì hàng đợi không trả lời."
STORAGE = "Kho tệp"
STORAGE_OK = "Ghi, đọc và xóa được."
DISK = "Đĩa của máy này"
DISK_LEFT = "Còn trống {free} GB trên {total} GB."

JOB_STATES = {"waiting": "Đang chờ", "running": "Đang làm", "failed": "Hỏng", "done": "Xong"}
MAIL_STATES = {
    "queued": "Đang chờ",
    "sending": "Đang gửi",
    "sent": "Đã gửi",
    "kept": "Giữ trong hộp thư",
    "failed": "Không gửi được",
    "unknown": "Không rõ đã gửi chưa",
}
JOBS_AGAIN = "Đã cho làm lại {count} việc."
MAILS_AGAIN = "Đã cho gửi lại {count} thư."
NO_GRANT = "Sở không còn cho phép hỗ trợ. Hãy đề nghị quản trị của Sở cho phép lại."

ACTS = {
    "tenant.insert": "Thêm Sở",
    "tenant.update": "Sửa Sở",
    "tenant.delete": "Xóa Sở khỏi danh mục",
    "tenant_host.insert": "Thêm địa chỉ",
    "tenant_host.delete": "Gỡ địa chỉ",
    "operator.insert": "Thêm người vận hành",
    "operator.update": "Sửa tài khoản người vận hành",
    "operator.delete": "Xóa người vận hành",
    "sign_in": "Đăng nhập",
    "retry_jobs": "Cho làm lại việc nền",
    "retry_mails": "Cho gửi lại thư",
    "support": "Lấy vé vào hỗ trợ",
    "ask_deletion": "Yêu cầu xóa Sở",
    "keep": "Rút lại yêu cầu xóa Sở",
}
COLUMNS = {
    "status": "trạng thái",
    "plugin_slug": "plugin",
    "plugin_version": "phiên bản plugin đã mở",
    "max_storage_bytes": "kho tệp tối đa (byte)",
    "max_accounts": "số tài khoản tối đa",
    "suspended_reason": "lý do tạm dừng",
    "name": "tên",
    "short_name": "tên ngắn",
    "official_code": "mã định danh",
    "locked_at": "khóa lúc",
    "is_active": "đang dùng",
    "display_name": "họ và tên",
    "totp_confirmed_at": "xác thực hai lớp từ",
    "delete_after": "xóa sau ngày",
}
NOTHING = "(trống)"
YES, NO = "có", "không"
FROM_ADDRESS = "từ địa chỉ {address}"
