"""Vietnamese words of this room."""

from __future__ import annotations

# award kind -> (what is done, the large red line, name of the layout)
AWARDS = {
    "commendation": ("Tặng", "Giấy khen", "Giấy khen"),
    "base_title": ("Tặng danh hiệu", "Chiến sĩ thi đua cơ sở", "Chiến sĩ thi đua cơ sở"),
    "good_worker": ("Tặng danh hiệu", "Lao động tiên tiến", "Lao động tiên tiến"),
    "good_collective": (
        "Tặng danh hiệu", "Tập thể lao động tiên tiến", "Tập thể lao động tiên tiến"
    ),
}  # fmt: skip
KINDS = tuple((key, words[2]) for key, words in AWARDS.items())
STOCKS = (
    ("blank", "Giấy trắng: in cả khung, Quốc huy và chữ"),
    ("preprinted", "Phôi in sẵn: chỉ in chữ"),
)
OUTPUTS = (("one", "Một tệp PDF, mỗi trang một người"), ("many", "Tệp ZIP, mỗi người một tệp PDF"))
STAGES = {
    "queued": "Đang chờ đến lượt.",
    "rendering": "Đang lập các trang.",
    "done": "Đã lập xong.",
    "failed": "Chưa lập được.",
}
HEADS = {
    "department": "Giám đốc", "department_office": "Trưởng phòng", "hospital": "Giám đốc",
    "center": "Giám đốc", "commune_station": "Trưởng trạm",
}  # fmt: skip
HEAD = "Thủ trưởng"
DEPUTY = "Phó "
FOR_THE_HEAD = "KT."

SAVED = "Đã lưu mẫu in."
EMBLEM_SAVED = "Đã lưu hình."
EMBLEM_REMOVED = "Đã bỏ hình."
STALE = "Người khác vừa lưu mẫu này. Trang đã hiện bản mới; xin sửa lại rồi lưu."
NO_EMBLEM = "Chọn tệp hình trước khi tải lên."
EMBLEM_KIND = "Tệp “{name}” không phải ảnh PNG hoặc JPG."
EMBLEM_SMALL = "Hình chỉ có {width} × {height} điểm. Mỗi cạnh cần từ {least} điểm để in rõ nét."
BAD_MOVE = "Ghi số milimét từ -{most} đến {most}, ví dụ 1,5 hoặc -2."
NO_POSITION = "Ghi chức vụ người quyết định, ví dụ Giám đốc Sở Y tế."
LONG_POSITION = "Tối đa {most} chữ cái."
BAD_STOCK = "Chọn loại giấy in."
FLAGS_NEED_STOCK = (
    "Giấy chứng nhận Chiến sĩ thi đua cơ sở có cờ đỏ hai bên Quốc huy. Hệ thống không vẽ cờ, "
    "nên chọn phôi in sẵn."
)
NOT_LEGAL = "Đơn vị này không có tư cách pháp nhân nên không tự tặng Giấy khen."
UNKNOWN_KIND = "Không có mẫu in cho loại khen thưởng này."

NOT_NUMBERED = "Quyết định chưa có số và ngày nên chưa in được. Đóng số quyết định trước."
NOTHING = "Không có ai để in. Chọn ít nhất một người."
TOO_MANY = "Mỗi lần in tối đa {most} bản. Chọn ít hơn."
REASON = "Có {count} người đã được in. Ghi lý do in lại, ví dụ “bản cũ bị nhòe”."
LONG_REASON = "Lý do dài quá {most} chữ cái."
FOREIGN = "Có người không thuộc quyết định này hoặc đã bị hủy bỏ. Tải lại trang rồi chọn lại."
BAD_OUTPUT = "Chọn một tệp hay nhiều tệp."
NOT_DONE = "Đợt in chưa xong nên chưa có tệp."
NOT_FAILED = "Đợt in này không bị lỗi nên không cần lập lại."
ASKED = "Đã nhận yêu cầu in {count} bản."
RETRIED = "Đã xếp lại vào hàng đợi."
FAILED = "Có lỗi khi lập các trang. Bấm Lập lại; nếu vẫn lỗi, báo quản trị hệ thống."
FILE_ONE = "Giấy khen {number} ({count} bản).pdf"
FILE_MANY = "Giấy khen {number} ({count} bản).zip"

UNKNOWN_CODE = (
    "Không có Giấy khen nào được cấp với mã này. Kiểm tra lại từng chữ của mã; nếu mã đúng như "
    "trên giấy, hãy hỏi Sở vì giấy đó không do hệ thống này lập."
)
SLOW_DOWN = "Địa chỉ này đã tra nhiều mã không có. Xin chờ 15 phút rồi tra lại."
