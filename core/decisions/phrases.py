"""Words and sentences of decisions."""

from __future__ import annotations

from core.decisions.schemas import Kind, State

KINDS = {
    Kind.AWARD: "Quyết định khen thưởng",
    Kind.FORWARD: "Tờ trình cấp trên",
    Kind.REVOKE: "Quyết định hủy bỏ",
}
STATES = {
    State.DRAFT: "Bản nháp",
    State.REVIEW: "Chờ lãnh đạo duyệt",
    State.APPROVED: "Đã duyệt, chờ cấp số",
    State.NUMBERED: "Đã cấp số, chờ ký",
    State.ISSUED: "Đã ban hành",
    State.ANNULLED: "Đã hủy số",
}
SENT = "Đã gửi cấp trên"
HOLDS = {
    "discipline_considered": "đang xem xét kỷ luật",
    "investigation": "đang điều tra, thanh tra, kiểm tra",
    "complaint": "đơn thư đang được xác minh",
    "discipline": "đang thi hành kỷ luật",
}
HELD = "{name}: {why}. Chưa quyết định được (NĐ 152/2025/NĐ-CP, Điều 4 khoản 4)."
GONE = "{name}: đề nghị đang ở trạng thái “{state}”, không còn chờ văn bản này."
GONE_HELP = "Xin trả lại cho người soạn để đưa ra khỏi danh sách."
WINDOW_OPEN = (
    "{names}: đang được lấy ý kiến theo “{title}” đến hết ngày {day}. Xin chờ hết thời gian đó."
)
COMPLAINT_OPEN = "{name}: đơn nhận ngày {day} chưa có kết luận. Xin xác minh và kết luận đơn trước."
STALE = "Văn bản vừa được người khác thay đổi. Xin xem lại bản mới nhất rồi làm tiếp."
WRONG_STATE = "Văn bản đang ở bước “{state}” nên không làm được việc này."
NOTHING_CHOSEN = "Chưa chọn ai. Xin đánh dấu ít nhất một tập thể hoặc cá nhân."
NOT_WAITING = "Có đề nghị không còn chờ quyết định. Xin tải lại danh sách rồi chọn lại."
TAKEN = "Có đề nghị đã nằm trong một văn bản khác chưa ban hành. Xin tải lại danh sách."
MIXED = "Một văn bản chỉ có một hình thức khen thưởng. Xin chọn từng hình thức một."
NO_TITLE = "Chưa ghi trích yếu."
TITLE_LONG = "Trích yếu dài quá {limit} ký tự (NĐ 30/2020/NĐ-CP, Phụ lục VI). Xin rút ngắn."
NO_ARTICLES = "Chưa có nội dung: mỗi điều (đoạn) ghi trên một dòng."
TEXT_LONG = "Nội dung dài quá {limit} ký tự. Xin rút ngắn."
NO_SIGNER = "Chưa ghi người ký."
NO_ADDRESSEE = "Chưa ghi nơi nhận tờ trình."
NO_REASON = "Xin ghi lý do để người soạn biết phải sửa gì."
WHY_ANNUL = "Xin ghi lý do hủy số: lý do được giữ trong sổ."
NO_REMOVAL = "Quyết định hủy bỏ nêu tên từng người: xin xóa bản nháp rồi lập lại."
NO_ANNULMENT = "Quyết định hủy bỏ không hủy số được."
ANNULLED = "Đã hủy số {number}. Các đề nghị trở lại danh sách chờ lập quyết định."
ANNULLED_TITLE = "Đã hủy số {number}: {title}"
EMPTY_LIST = "Danh sách đã trống: xin xóa bản nháp này hoặc thêm người."
DATE_UNREADABLE = "Ngày chưa đúng. Xin chọn lại ngày."
DATE_IN_FUTURE = "Ngày ban hành không được sau hôm nay."
DATE_TOO_EARLY = "Ngày ban hành không được trước ngày duyệt."
DATE_BEFORE_LAST = "Số trước trong sổ đã mang ngày {day}: ngày ban hành không được sớm hơn."
PAPER_MISSING = "Văn bản đang được dựng. Xin chờ ít phút rồi tải lại trang."
NO_FILE = "Chưa chọn tệp."
SCAN_NOT_PDF = "Bản quét phải là tệp PDF."
SCAN_MISSING = "Chưa chọn tệp bản quét."
SIGNED_BY_HAND = "Văn bản đã có bản ký trên giấy: không ký số được nữa."
SIGNED_DIGITALLY = "Văn bản đã có chữ ký số: không thay bằng bản quét được."
NOT_SIGNED = "Chưa có chữ ký: cần cả chữ ký của người có thẩm quyền và của cơ quan, hoặc bản quét."
SIGNATURE_BROKEN = (
    "Chữ ký số không hợp lệ. Xin bấm “Bỏ chữ ký để ký lại” rồi ký lại từ bản đã cấp số."
)
NO_SIGNATURES = "Văn bản không có chữ ký số nào để bỏ."
SIGNATURES_GOOD = "Các chữ ký số đang hợp lệ nên không bỏ được. Muốn bỏ văn bản, xin hủy số."
WHY_UNSIGN = "Xin ghi lý do bỏ chữ ký: lý do được giữ cùng văn bản."
UNSIGNED = "Đã bỏ chữ ký số. Xin ký lại: người có thẩm quyền trước, cơ quan sau."
FUND_SHORT = "Quỹ của đợt sẽ âm {amount} đồng sau khi chi. Nếu vẫn ban hành, xin đánh dấu xác nhận."
NO_AMOUNT = "Xin ghi số tiền, là số đồng nguyên lớn hơn 0."
NO_BASIS = "Xin ghi căn cứ: số văn bản hoặc lý do."
FUND_KIND = "Xin chọn loại."
TOO_MUCH_BACK = "Số tiền nộp lại lớn hơn số đã chi ({amount} đồng)."
NO_NUMBER = "Xin ghi số quyết định của cấp trên."
NO_OUTCOME = "Xin chọn kết quả."
NOT_FORWARDED = "Đề nghị này không còn chờ kết quả của cấp trên."

TAKEN_BACK = "Đã hủy bỏ khen thưởng"
TAKEN_BACK_MONEY = "Đã hủy bỏ khen thưởng; đã nộp lại {back}/{all} đồng"

MADE = "Đã lập bản nháp. Xin xem lại nội dung rồi trình lãnh đạo duyệt."
SAVED = "Đã lưu."
REMOVED = "Đã đưa ra khỏi danh sách."
DELETED = "Đã xóa bản nháp."
SENT_TO_REVIEW = "Đã trình lãnh đạo duyệt."
APPROVED = "Đã duyệt. Văn thư được báo để cấp số."
GIVEN_BACK = "Đã trả lại cho người soạn."
NUMBERED = "Đã cấp số {number}. Văn bản có số đang được dựng."
SIGNED = "Đã ký. Chữ ký đã được kiểm tra lại."
ATTACHED = "Đã đính kèm bản quét."
ISSUED = "Đã ban hành. Các đơn vị được báo."
SENT_UP = "Đã ghi nhận gửi cấp trên."
RECORDED = "Đã ghi kết quả của cấp trên."
FUND_SAVED = "Đã ghi vào sổ quỹ."
PACKAGE_ASKED = "Gói hồ sơ đang được dựng."

FUND_KINDS = {
    "allocation": "Cấp kinh phí",
    "prize": "Chi tiền thưởng",
    "money_back": "Thu hồi tiền thưởng",
    "correction": "Điều chỉnh",
}
OCCASIONS = {
    "annual": "hằng năm",
    "ad_hoc": "đột xuất",
    "preliminary_review": "sơ kết",
    "final_review": "tổng kết",
}
PACKAGE_FAILED = "Chưa dựng được gói hồ sơ. Xin bấm “Dựng gói hồ sơ” lần nữa."
REVIEW_TITLE = "Văn bản khen thưởng chờ duyệt: {title}"
REVIEW_BODY = "{name} trình duyệt, danh sách có {count} tập thể, cá nhân."
APPROVED_TITLE = "Văn bản khen thưởng chờ cấp số: {title}"
BACK_TITLE = "Văn bản khen thưởng được trả lại: {title}"
DECIDED_TITLE = "Đã có quyết định: {award}"
DECIDED_BODY = (
    "Quyết định số {number} ngày {day}: {names}. Đơn vị gửi quyết định tới người được khen trong"
    " {days} ngày làm việc."
)
OUTCOME_TITLE = "Kết quả của cấp trên: {name}"
OUTCOME_YES = "Được khen theo quyết định số {number} ngày {day}."
OUTCOME_NO = "Không được khen. {note}"
PRIZE_BASIS = "{multiple} lần lương cơ sở {salary} đồng; {basis}"
LOWER_TITLE = "Không chi: cùng thời điểm đã nhận danh hiệu có mức thưởng cao hơn; {basis}"
NO_PRIZE = "Không có mức thưởng trong nghị định"


def money(amount: int) -> str:
    """Return an amount with dots between the thousands."""
    return f"{amount:,}".replace(",", ".")
