"""What people read about councils, in Vietnamese."""

from __future__ import annotations

ROLES = {
    "chair": "Chủ tịch", "vice": "Phó Chủ tịch", "standing": "Ủy viên thường trực",
    "member": "Ủy viên", "secretary": "Thư ký",
}  # fmt: skip
FORMS = {"meeting": "Họp", "written": "Lấy ý kiến bằng văn bản"}
STATES = {"planned": "Chưa họp", "open": "Đang họp", "closed": "Đã kết thúc"}
PRESENCES = {
    "present": "Có mặt", "substituted": "Có người dự thay",
    "written": "Vắng, gửi ý kiến bằng văn bản",
    "absent": "Vắng",
}  # fmt: skip
BALLOTS = {"secret": "Bỏ phiếu kín", "named": "Biểu quyết ghi tên"}
COUNTINGS = {"electronic": "Trên máy", "paper": "Phiếu giấy", "mixed": "Cả máy và giấy"}
CHOICES = {
    "agree": "Đồng ý", "lower": "Chỉ đồng ý mức thấp hơn", "disagree": "Không đồng ý",
    "abstain": "Phiếu trắng", "invalid": "Không hợp lệ",
}  # fmt: skip
CASE_STATES = {
    "waiting": "Chưa bỏ phiếu", "open": "Đang bỏ phiếu", "closed": "Chờ kiểm phiếu",
    "sealed": "Đã kiểm phiếu", "void": "Không tính",
}  # fmt: skip
OUTCOMES = {
    "agreed": "Đồng ý", "not_agreed": "Không đồng ý", "lower": "Đồng ý mức thấp hơn",
    "tie": "Ngang phiếu, chờ Chủ tịch", "left_out": "Đủ phiếu nhưng hết suất",
}  # fmt: skip
WAYS = {
    "recuse": "Không biểu quyết", "declare": "Khai báo rồi vẫn biểu quyết",
    "substitute": "Người dự thay biểu quyết", "none": "Không phải xung đột",
}  # fmt: skip
KINDS = {
    "own_unit": "Cùng đơn vị", "superior": "Cấp trên trực tiếp",
    "co_author": "Đồng tác giả sáng kiến",
    "candidate": "Chính là người được đề nghị", "relative": "Người thân", "other": "Lý do khác",
}  # fmt: skip
VOTE_WAYS = {"electronic": "Trên máy", "hands": "Thư ký ghi", "written": "Bằng văn bản"}

NO_NAME = "Hãy nhập tên."
NO_NUMBER = "Hãy nhập số quyết định, ví dụ 123/QĐ-SYT."
BAD_DAY = "Hãy chọn ngày."
FUTURE_DAY = "Ngày của quyết định ở tương lai; hãy kiểm tra lại."
UNKNOWN = "Lựa chọn này không có; hãy chọn lại."
NO_UNIT = "Hãy chọn Sở, hoặc một đơn vị có tư cách pháp nhân."
NOT_LEGAL = "Đơn vị này không có tư cách pháp nhân nên không lập Hội đồng riêng."
NO_ACCOUNT = "Không có tài khoản “{username}” đang dùng ở Sở này."
TWICE = "Người này đã ở trong Hội đồng."
ONE_CHAIR = "Hội đồng đã có Chủ tịch; cho người cũ thôi trước."
NO_ROUND = "Hãy chọn đợt xét khen thưởng."
NO_TIME = "Hãy chọn ngày, giờ họp."
NO_MEMBERS = "Hội đồng chưa có thành viên được biểu quyết."
TIED = "Đã ghi thành viên là ai trong sổ nhân sự."
TIED_BY_ACCOUNT = (
    "Tài khoản của thành viên này đã là của một người khác trong sổ. Nếu sai, hãy sửa ở trang"
    " Tài khoản."
)
NO_PERSON = "Hãy chọn một người của sổ nhân sự."
BEFORE_MADE = "Ngày thôi không được trước ngày lập Hội đồng ({day})."
MEETING_RUNS = "Còn cuộc họp chưa kết thúc: {titles}. Hãy kết thúc cuộc họp trước."
COUNCIL_ENDED = "Đã ghi Hội đồng thôi hoạt động. Kết quả các cuộc họp vẫn giữ nguyên."
ENDED = "Hội đồng đã thôi hoạt động."
NO_MANDATE = "Người dự thay cần họ tên và số giấy ủy quyền."
MEMBER_AS_SUBSTITUTE = "{name} là thành viên Hội đồng nên không dự thay người khác."
SUBSTITUTE_TWICE = "Một người chỉ dự thay một thành viên."
NO_SUBSTITUTES = "Theo quy định đang áp dụng, người dự thay không được biểu quyết."
HAS_VOTED = "{name} đã có phiếu trong cuộc họp này nên không đổi được cách dự họp."
MEETING_CLOSED = "Cuộc họp đã kết thúc."
NOT_OPEN_YET = "Cuộc họp chưa bắt đầu. Hãy điểm danh rồi bấm “Bắt đầu họp”."
NO_QUORUM = "Chưa đủ người để họp: có {seated} trên {members} thành viên, cần {needed}."
NO_ATTENDANCE = (
    "Chưa đủ người dự để xét khen thưởng: {counted} trên {members} thành viên, cần {needed}."
)
NO_CASE = "Hãy chọn ít nhất một trường hợp."
CASE_STATE = "“{name}” đang ở bước “{state}” nên không làm được việc này."
NOT_BEFORE_COUNCIL = (
    "Đề nghị “{name}” không còn ở Hội đồng (đã được rút hoặc chuyển bước): lượt bỏ phiếu dừng lại,"
    " phiếu đã bỏ không tính."
)
UNDECIDED = "“{name}”: còn xung đột lợi ích chưa quyết định cách xử lý ({who})."
NEEDS_HIDDEN_BALLOT = "“{name}”: {award} phải bỏ phiếu kín."
WRITTEN_NEVER_HIDDEN = "Lấy ý kiến bằng văn bản thì không bỏ phiếu kín được; hãy họp."
NO_CHOICE = "Hãy chọn ý kiến cho ít nhất một trường hợp."
NO_LOWER_ASKED = "Không xét hạ mức"
NO_LOWER = "“{name}”: lượt này không xét mức thấp hơn."
NOT_YOUR_SEAT = "Bạn không có ghế biểu quyết trong cuộc họp này."
NOT_OPEN = "“{name}”: chưa mở bỏ phiếu."
VOTE_CLOSED = "“{name}”: lượt bỏ phiếu đã đóng lúc {when}; phiếu của bạn chưa được ghi."
VOTED = (
    "“{name}”: ghế này đã có phiếu. Mỗi ghế một phiếu; phiếu bỏ trước được tính, phiếu này không."
)
TOOK_SLIP = "“{name}”: ghế này đã nhận phiếu giấy nên không bỏ trên máy."
PAPER_ONLY = "“{name}”: lượt này chỉ dùng phiếu giấy."
SUBSTITUTE_VOTES = "{substitute} dự thay và biểu quyết thay {member}; {member} không bỏ phiếu."
MEMBER_VOTES = "{member} có mặt và tự biểu quyết; người dự thay không bỏ phiếu."
MARKED_AWAY = "Bạn chưa được điểm danh có mặt. Hãy báo thư ký Hội đồng."
SENT_WRITTEN = "Bạn gửi ý kiến bằng văn bản; thư ký Hội đồng ghi lại từ văn bản."
RECUSED = "Bạn không biểu quyết trường hợp này ({kind})."
BOX_BROKEN = (
    "“{name}”: hòm phiếu không mở được vì nội dung đã bị thay đổi hoặc máy chủ đổi khóa bí mật."
    " Hãy hủy lượt này và bỏ phiếu lại."
)
FEW_PAPERS = (
    "“{name}”: chỉ có {count} phiếu {where}, ít hơn {least}. Mở ra là lộ phiếu của từng người."
    " Hãy hủy lượt này và bỏ phiếu lại bằng cách khác."
)
COUNTED_ALREADY = (
    "Người kiểm phiếu đã đếm phiếu giấy nên không mở tiếp được: hai lần đếm làm lộ phiếu."
    " Hãy kiểm phiếu, hoặc hủy lượt này và bỏ phiếu lại."
)
NO_TELLERS = "“{name}”: cần số đếm của hai người kiểm phiếu."
TELLERS_DIFFER = "“{name}”: hai người kiểm phiếu đếm khác nhau. Hãy đếm lại rồi sửa."
MORE_THAN_SLIPS = "Tổng {total} phiếu nhiều hơn {slips} phiếu đã phát."
NEGATIVE = "Số phiếu phải từ 0 trở lên."
NO_TELLER_NAME = "Hãy ghi tên người kiểm phiếu."
SAME_TELLER = "Hai lần đếm phải do hai người khác nhau."
NOT_WRITTEN = "{name} không thuộc diện gửi ý kiến bằng văn bản; hãy điểm danh lại."
NO_WRITTEN_VOTES = "Theo quy định đang áp dụng, ý kiến bằng văn bản không tính là phiếu."
NO_SCAN = "Hãy đính kèm bản chụp ý kiến bằng văn bản (PDF hoặc ảnh)."
NO_SUCH_SCAN = "Không có bản chụp này của Hội đồng; hãy tải lên lại."
NOT_A_TIE = "“{name}” không ngang phiếu."
STILL_VOTING = "Còn trường hợp đang bỏ phiếu hoặc chờ kiểm phiếu: {names}."
STILL_TIED = "Còn trường hợp ngang phiếu, chờ Chủ tịch nói rõ phía của mình: {names}."
CHOOSE_PLACES = "{award}: bằng phiếu ở suất cuối, Chủ tịch chọn {free} trong số: {names}."
NO_SEALED = "Chưa có trường hợp nào được kiểm phiếu."
LEFT_OUT_NOTE = "Hội đồng: đủ phiếu ({agree}/{members}) nhưng hết suất."
NOT_AGREED_NOTE = "Hội đồng: {agree}/{members} đồng ý, cần {needed}."
AGREED_NOTE = "Hội đồng: {agree}/{members} đồng ý, cần {needed}."
LOWER_NOTE = "Hội đồng đồng ý mức thấp hơn: {award} ({agree}/{members})."
WITHDRAWN = "Đề nghị đã được rút trong khi bỏ phiếu; phiếu đã bỏ không tính."
RESTART_NAMED = "Biểu quyết ghi tên không bỏ lại được; phiếu đã ghi có tên người."
NO_REASON = "Hãy ghi lý do."
NO_SUBSTITUTE_HERE = (
    "Ghế này không có người dự thay; hãy ghi người dự thay ở phần Thành phần trước."
)
MADE = "Đã lập Hội đồng. Hãy thêm thành viên theo quyết định."
MEMBER_ADDED = "Đã thêm thành viên."
MEMBER_ENDED = "Đã ghi thôi tham gia Hội đồng."
MEETING_MADE = "Đã lập cuộc họp. Hãy chọn danh sách trình Hội đồng rồi gửi giấy mời."
INVITED = "Đã gửi giấy mời tới {count} người có tài khoản."
PRESENCE_SAVED = "Đã ghi điểm danh."
MEETING_OPENED = "Cuộc họp đã bắt đầu."
CASES_ADDED = "Đã thêm vào danh sách."
CONFLICT_SAVED = "Đã ghi."
BALLOT_OPENED = "Đã mở bỏ phiếu."
BALLOT_CLOSED = "Đã đóng bỏ phiếu."
BALLOT_CONTINUED = "Đã mở tiếp."
BALLOT_RESTARTED = "Đã hủy lượt này; có thể mở bỏ phiếu lại."
SEALED = "Đã kiểm phiếu và niêm phong kết quả."
COUNT_SAVED = "Đã ghi số đếm."
VOTE_SAVED = "Đã ghi."
FINISHED = "Cuộc họp đã kết thúc; kết quả đã chuyển sang các đề nghị."
CAST = "Đã nhận phiếu của bạn."
DECLARED = "Đã báo thư ký Hội đồng. Bạn chờ quyết định cách xử lý."
INVITATION = "Mời họp: {title}"
INVITATION_BODY = "{council} họp lúc {when} tại {place}. Chương trình: {agenda}"
WITHDRAWN_TITLE = "Dừng bỏ phiếu: {name}"
FRACTIONS = {True: "hơn {share}", False: "từ {share} trở lên"}
