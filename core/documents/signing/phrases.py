"""Sentences of signing."""

from __future__ import annotations

NOT_OPENED = (
    "Không mở được tệp chứng thư: mật khẩu không đúng, hoặc tệp không phải .p12/.pfx. "
    "Xin chọn lại tệp và nhập lại mật khẩu."
)
NO_KEY = "Tệp này không chứa khóa ký. Xin chọn tệp .p12 hoặc .pfx có cả chứng thư và khóa."
EXPIRED = "Chứng thư của {subject} đã hết hạn ngày {day}. Xin dùng chứng thư còn hiệu lực."
NOT_YET = "Chứng thư của {subject} có hiệu lực từ ngày {day}. Xin dùng chứng thư đang có hiệu lực."
NOT_FOR_SIGNING = "Chứng thư của {subject} không dùng để ký văn bản. Xin chọn chứng thư ký số."
UNTRUSTED = (
    "Chứng thư của {subject} do {issuer} cấp không nằm trong các nơi cấp mà hệ thống tin cậy. "
    "Xin dùng chứng thư số chuyên dùng công vụ."
)
NO_DEVICE = "Hệ thống chưa được nối với thiết bị ký. Xin dùng tệp chứng thư hoặc báo quản trị."
DEVICE_REFUSED = "Thiết bị ký không nhận: mã PIN không đúng hoặc thiết bị chưa sẵn sàng."
NOT_A_PICTURE = "Ảnh phải là tệp PNG nền trong suốt."
NOT_TRANSPARENT = "Nền của ảnh chưa trong suốt. Xin xuất ảnh PNG có nền trong suốt."
NOT_BLUE = "Ảnh chữ ký phải có màu xanh (NĐ 30/2020/NĐ-CP, Phụ lục I)."
NOT_RED = "Ảnh con dấu phải có màu đỏ (NĐ 30/2020/NĐ-CP, Phụ lục I)."
NO_FIELD = "Tệp PDF này không có ô ký của hệ thống. Xin dựng lại văn bản rồi ký."
PERSON_FIRST = "Người có thẩm quyền ký trước, cơ quan ký sau."
SIGNED_ALREADY = "Văn bản đã có chữ ký này."
SEALED = "Cơ quan đã ký: văn bản không nhận thêm chữ ký nào nữa."
CHANGED = (
    "Tệp PDF đã bị thay đổi sau khi ký: không ký tiếp được. Xin dựng lại văn bản và ký từ đầu."
)
UNREADABLE = "Không đọc được tệp PDF này."
