"""Words and sentences of this room."""

from __future__ import annotations

SUBJECTS = {"collective": "Tập thể", "individual": "Cá nhân", "other": "Đối tượng khác"}
SOURCES = {
    "decision": "Quyết định tại đây",
    "higher": "Cấp trên quyết định",
    "import": "Nhập từ các năm trước",
}
GRANT_STATES = {"in_force": "Đang có hiệu lực", "revoked": "Đã bị hủy bỏ"}

# Lists from Excel
NO_HEADINGS = "Không tìm thấy hàng tiêu đề. Hãy dùng tệp mẫu và giữ nguyên các tiêu đề cột."
NO_COLUMN = "Thiếu cột {names}. Hãy dùng tệp mẫu và giữ nguyên các tiêu đề cột."
NO_ROWS = "Danh sách chưa có dòng nào dưới hàng tiêu đề."
TOO_MANY = "Danh sách có {n} dòng, mỗi lần nhận tối đa {most} dòng. Hãy chia làm nhiều tệp."
NO_FILE = "Chưa chọn tệp."
ROW_NO_UNIT = "Chưa ghi đơn vị."
ROW_UNIT = "Không có đơn vị “{words}”. Ghi mã hoặc đúng tên đơn vị như ở trang Đơn vị."
ROW_NOT_YOURS = "Đơn vị này không thuộc phạm vi của bạn."
ROW_PERSON = "Không có ai tên “{name}” ở {unit}. Thêm người vào sổ nhân sự trước."
ROW_PEOPLE = "Có {n} người tên “{name}” ở {unit}. Ghi thêm chức vụ để phân biệt."
ROW_NO_AWARD = "Chưa ghi hình thức khen thưởng."
ROW_NO_NUMBER = "Chưa ghi số quyết định."
ROW_DAY = "Ngày quyết định “{words}” chưa đúng. Ghi như 20/12/2024."
ROW_FUTURE = "Ngày quyết định ở tương lai."
ROW_YEAR = "Năm “{words}” chưa đúng. Ghi năm của thành tích, ví dụ 2024."
ROW_DOUBLE = "Trùng với dòng {row}."
ROW_KNOWN = "Khen thưởng này đã có trong sổ."
IMPORT_ERRORS = "Danh sách còn lỗi nên chưa nhập dòng nào. Sửa tệp rồi tải lên lại."
IMPORTED = "Đã nhập {n} khen thưởng vào sổ."
