"""Vietnamese words of the department's identity."""

from __future__ import annotations

SIGNING = {
    "": "Chưa dùng chữ ký số",
    "token": "Thiết bị ký (USB token)",
    "hsm": "Thiết bị HSM của cơ quan",
    "remote": "Ký số từ xa",
    "sim": "Ký bằng SIM (SIM PKI)",
}
NO_NAME = "Cần ghi tên đầy đủ của Sở."
NO_SHORT_NAME = "Cần ghi tên ngắn; tên này hiện ở đầu mọi trang."
TOO_LONG = "Nội dung quá dài: tối đa {most} ký tự."
BAD_EMAIL = "Địa chỉ thư không đúng dạng, ví dụ: vanphong@soyte.gov.vn."
BAD_PHONE = "Số điện thoại chỉ gồm chữ số, dấu cách, dấu chấm, gạch ngang, dấu +; từ 8 chữ số."
BAD_NOTATION = "Ký hiệu gồm chữ in hoa không có dấu cách, ví dụ: SYT."
BAD_DAY = "Ngày không đúng. Hãy chọn ngày trên lịch, hoặc ghi dạng 31/12/2027."
UNKNOWN_SIGNING = "Hãy chọn một hình thức ký trong danh sách."
SIGNING_INCOMPLETE = "Đã chọn hình thức ký thì cần ghi chủ thể của chứng thư số."
STALE = (
    "Người khác vừa lưu thông tin của Sở trong lúc bạn đang sửa. Nội dung bạn gõ vẫn còn dưới đây;"
    " bấm Lưu lần nữa để ghi đè, hoặc tải lại trang để xem bản mới."
)
SAVED = "Đã lưu thông tin của Sở."

NO_CODE = "Cần ghi mã, tối đa 35 ký tự."
NO_SOURCE = "Mã đã xác nhận thì cần ghi văn bản hoặc nơi xác nhận."
BACKWARDS = "Ngày hết hiệu lực phải sau ngày bắt đầu."
OVERLAP = "Khoảng ngày này chồng lên mã {code}. Hãy sửa ngày của một trong hai mã."
CODE_SAVED = "Đã lưu mã {code}."

LOGO_SVG = (
    "Tệp “{name}” là ảnh SVG, loại có thể mang mã chạy ngầm, nên không được nhận."
    " Hãy xuất biểu trưng ra PNG, JPG hoặc WEBP rồi tải lên."
)
LOGO_KIND = "Tệp “{name}” không phải ảnh PNG, JPG hoặc WEBP. Hãy chọn tệp ảnh khác."
LOGO_SMALL = (
    "Ảnh chỉ {width} × {height} điểm, hiện lên sẽ vỡ. Hãy dùng ảnh từ {least} điểm mỗi cạnh."
)
NO_LOGO = "Chưa chọn ảnh nào."
LOGO_SAVED = "Đã thay biểu trưng."
LOGO_REMOVED = "Đã bỏ biểu trưng; đầu trang dùng lại chữ SYT."

# field → what is still missing, for the set-up list
MISSING = {
    "address": "địa chỉ",
    "phone": "điện thoại",
    "email": "thư điện tử",
    "notation": "ký hiệu văn bản",
    "place": "địa danh ghi trên văn bản",
    "privacy_name": "người phụ trách dữ liệu cá nhân",
    "privacy_email": "thư của người phụ trách dữ liệu cá nhân",
}
MISSING_CODE = "mã chính thức của Sở"
