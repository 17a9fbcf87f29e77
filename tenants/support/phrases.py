"""What people read about support access, in Vietnamese."""

from __future__ import annotations

HOURS = ((1, "1 giờ"), (4, "4 giờ"), (8, "8 giờ"), (24, "1 ngày"), (72, "3 ngày"))
NO_REASON = "Hãy ghi cần hỗ trợ việc gì; người vận hành đọc được câu này."
BAD_HOURS = "Hãy chọn thời gian trong danh sách."
ONE_AT_A_TIME = "Đang có một quyền hỗ trợ còn hiệu lực. Hãy kết thúc quyền đó trước."
GRANTED = "Đã cho phép hỗ trợ. Mọi trang của Sở đều báo điều này cho tới khi kết thúc."
ENDED = "Đã kết thúc hỗ trợ; người vận hành không còn xem được."
TICKET_USED = "Vé vào đã dùng, quá hai phút, hoặc Sở đã kết thúc hỗ trợ. Hãy lấy vé khác."
READ_ONLY = "Phiên hỗ trợ chỉ được xem, không được thay đổi gì."
ACCOUNT_NAME = "{operator} (hỗ trợ vận hành)"
