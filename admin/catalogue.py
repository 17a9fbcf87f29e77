"""Which tables of the department the panel shows, under which name, and which it leaves out.

Every tenant table stands in exactly one of the two lists (a test holds it to that).
"""

from __future__ import annotations

import msgspec

PEOPLE = "Đơn vị và con người"
PLAN = "Kế hoạch và kỳ báo cáo"
REPORTS = "Báo cáo của đơn vị"
PAPERS = "Tổng hợp và văn bản"
WATCH = "Theo dõi"
GROUPS = (PEOPLE, PLAN, REPORTS, PAPERS, WATCH)


class Shown(msgspec.Struct, frozen=True):
    """A table of the panel.

    Attributes:
        view: the view that is read; its name is what people see.
        table: the table behind it.
        group: heading in the side bar.
        title: how the table is called in sentences and in the trail.
        columns: the columns of the list, in order; the rest stands on the row's own page.
        newest: the list begins with the greatest value of this column.
        help: one sentence above the list.
    """

    view: str
    table: str
    group: str
    title: str
    columns: tuple[str, ...]
    order: str
    newest: bool = False
    help: str = ""


SHOWN: tuple[Shown, ...] = (
    Shown(
        "đơn_vị", "unit", PEOPLE, "Đơn vị",
        ("name", "kind", "parent_id", "notation", "place", "is_active"), "name",
        help="Chỉ sửa được tên ngắn, nơi ban hành và ký hiệu văn bản. Đổi tên, chuyển, sáp nhập"
        " đơn vị làm ở trang Cây đơn vị hoặc bằng biểu mẫu.",
    ),
    Shown(
        "người", "person", PEOPLE, "Người",
        ("full_name", "job_title", "unit_id"), "full_name",
        help="Chỉ sửa được chức vụ. Chuyển người sang đơn vị khác làm ở trang Nhân sự.",
    ),
    Shown(
        "lịch_sử_đơn_vị", "unit_succession", PEOPLE, "Lịch sử đơn vị",
        ("old_name", "kind", "new_name", "effective_on", "decision"), "effective_on", newest=True,
        help="Mỗi lần đổi tên, chuyển, sáp nhập, chia tách, giải thể; không ai sửa được.",
    ),
    Shown(
        "chuyển_công_tác", "person_move", PEOPLE, "Chuyển công tác",
        ("from_name", "to_name", "person_id", "effective_on", "state"), "asked_at", newest=True,
        help="Chỉ để xem. Đề nghị và đồng ý làm ở trang Nhân sự.",
    ),
    Shown(
        "khối_thi_đua", "emulation_block", PEOPLE, "Khối thi đua", ("name", "note"), "name",
        help="Thêm, đổi tên, sửa ghi chú được ở đây; chỉ xóa được khối chưa từng có đơn vị."
        " Chọn đơn vị cho khối ở trang Khối thi đua.",
    ),
    Shown(
        "đơn_vị_trong_khối", "emulation_block_member", PEOPLE, "Đơn vị trong khối",
        ("year", "block_id", "unit_id"), "year", newest=True,
    ),
    Shown(
        "mã_chính_thức", "official_code", PEOPLE, "Mã chính thức của Sở",
        ("code", "valid_from", "valid_to", "source", "is_confirmed"), "valid_from", newest=True,
    ),
    Shown(
        "tài_khoản", "account", PEOPLE, "Tài khoản",
        ("display_name", "username", "unit_id", "state", "has_totp"), "display_name",
        help="Chỉ để xem. Tạo tài khoản và cấp phiếu mật khẩu làm ở trang Tài khoản; khóa, mở khóa"
        " có cả ở mục Biểu mẫu.",
    ),
    Shown(
        "vai_trò", "role_grant", PEOPLE, "Vai trò",
        ("role", "account_id", "unit_id", "granted_at", "revoked_at"), "granted_at", newest=True,
        help="Chỉ để xem, gồm cả vai trò đã thu hồi.",
    ),
    Shown("thiết_lập", "tenant_setting", PEOPLE, "Thiết lập", ("key", "value"), "key"),
    Shown(
        "bản_kế_hoạch", "plan_edition", PLAN, "Bản kế hoạch đã công bố",
        ("number", "effective_from", "reason", "published_by", "published_at"), "number",
        newest=True, help="Bản đã công bố không ai sửa được.",
    ),
    Shown(
        "kỳ_báo_cáo", "reporting_round", PLAN, "Kỳ báo cáo",
        ("title", "kind", "year", "state", "due_at"), "opened_at", newest=True,
    ),
    Shown(
        "tệp_kèm_kỳ", "round_attachment", PLAN, "Tệp kèm kỳ báo cáo",
        ("id", "round_id", "file_id"), "id",
    ),
    Shown(
        "nghĩa_vụ_báo_cáo", "report_obligation", PLAN, "Nghĩa vụ báo cáo",
        ("unit_name", "round_id", "due_at", "excused_reason", "reminder_count"), "unit_name",
    ),
    Shown(
        "gia_hạn", "extension", PLAN, "Gia hạn",
        ("id", "obligation_id", "new_due_at", "reason", "granted_by"), "granted_at", newest=True,
    ),
    Shown(
        "báo_cáo", "report", REPORTS, "Báo cáo",
        ("unit_name", "round_id", "state", "timing", "parts_done", "parts_total", "submitted_at"),
        "unit_name",
        help="Chỉ để xem tiến độ. Nội dung đọc và duyệt ở trang của báo cáo.",
    ),
    Shown(
        "phần_báo_cáo", "report_part", REPORTS, "Phần báo cáo",
        ("key", "report_id", "is_done", "review", "saved_by", "saved_at"), "key",
    ),
    Shown(
        "minh_chứng", "evidence", REPORTS, "Minh chứng",
        ("id", "part_id", "file_id", "removed_at"), "id",
    ),
    Shown(
        "bản_nộp", "report_version", REPORTS, "Bản đã nộp",
        ("receipt_code", "report_id", "number", "submitted_at", "submitted_by", "late_seconds"),
        "submitted_at", newest=True, help="Bản đã nộp không ai sửa được.",
    ),
    Shown(
        "bước_xử_lý", "report_event", REPORTS, "Bước xử lý",
        ("at", "report_id", "action", "to_state", "actor_name"), "at", newest=True,
    ),
    Shown(
        "tổng_hợp", "consolidation", PAPERS, "Tổng hợp",
        ("id", "round_id", "state", "is_provisional", "number", "document_date"), "made_at",
        newest=True, help="Bản đã duyệt không ai sửa được; bản nháp sửa ở trang Tổng hợp.",
    ),
    Shown(
        "văn_bản", "document", PAPERS, "Văn bản",
        ("name", "kind", "unit_id", "state", "requested_at"), "requested_at", newest=True,
    ),
    Shown(
        "sổ_số_văn_bản", "number_series", PAPERS, "Sổ số văn bản",
        ("series", "year", "unit_id", "last_number"), "year", newest=True,
    ),
    Shown(
        "tệp", "stored_file", PAPERS, "Tệp",
        ("name", "file", "purpose", "size", "scan_state", "uploaded_at"), "uploaded_at",
        newest=True, help="Tệp được mở qua đường có kiểm tra quyền.",
    ),
    Shown(
        "nhật_ký", "audit_event", WATCH, "Nhật ký",
        ("seq", "at", "actor_name", "action", "table_name", "reason"), "seq", newest=True,
        help="Hệ thống tự ghi, không ai sửa được.",
    ),
    Shown(
        "thư", "mail", WATCH, "Thư",
        ("subject", "account_name", "to_address", "state", "created_at"), "created_at",
        newest=True, help="Không hiện nội dung thư vì trong thư có đường dẫn đặt mật khẩu.",
    ),
)  # fmt: skip

# table -> why it is not in the panel
LEFT_OUT: dict[str, str] = {
    "session": "Phiên đăng nhập: mỗi người xem và kết thúc phiên của mình ở trang Tài khoản.",
    "planned_change": "Thay đổi đơn vị chờ đến ngày: ở trang của đơn vị, hủy được ở đó.",
    "person_profile": "Hồ sơ (giới tính, ngày sinh…): ở trang của từng người trong Nhân sự.",
    "recovery_code": "Mã dự phòng: bí mật.",
    "password_reset": "Đường dẫn đặt mật khẩu: bí mật.",
    "notification": "Thông báo riêng của từng người.",
    "outbox": "Hàng đợi công việc nền: do người vận hành theo dõi.",
    "audit_head": "Mắt xích cuối của nhật ký: chỉ lệnh kiểm tra nhật ký dùng tới.",
    "staged_import": "Danh sách Excel đang nhập dở: ở trang Nhập từ Excel.",
    "identity": "Thông tin của Sở có trang riêng; giá trị cũ xem ở nhật ký.",
    "plan_draft": "Bản nháp kế hoạch chưa công bố: ở trang Kế hoạch.",
    "plan_file": "Chỉ là mối nối giữa bản kế hoạch và tệp; tệp có ở bảng Tệp.",
    "law_override": "Quyết định về tham số pháp lý: ở trang Tham số pháp lý, kèm điều khoản.",
    "support_grant": "Quyền hỗ trợ cho người vận hành: có trang riêng, kết thúc được ngay ở đó.",
    "support_entry": "Ai đã vào hỗ trợ: hiện trên trang của quyền hỗ trợ.",
    "support_visit": "Trang người vận hành đã xem: hiện trên trang của quyền hỗ trợ.",
    "tenant_export": "Bản xuất toàn bộ dữ liệu: có trang riêng, mỗi lần tải đều được ghi lại.",
    "deletion_request": "Yêu cầu xóa Sở khỏi hệ thống: có trang riêng với thời gian chờ.",
    "other_subject": "Đối tượng khác được đề nghị: ở trang Khen thưởng.",
    "official_rating": "Xếp loại hằng năm: ở trang Khen thưởng, kèm căn cứ và lần nhập.",
    "subject_fact": "Thông tin để xét điều kiện: ở trang của từng đối tượng.",
    "subject_hold": "Đang xem xét kỷ luật, khiếu nại: chỉ người có thẩm quyền xem ở trang riêng.",
    "initiative": "Sáng kiến: ở trang Khen thưởng.",
    "initiative_author": "Tác giả sáng kiến: ở trang của sáng kiến.",
    "award_round": "Đợt xét khen thưởng: ở trang Khen thưởng.",
    "nomination_list": "Danh sách đề nghị: ở trang Khen thưởng.",
    "nomination": "Đề nghị khen thưởng: ở trang Khen thưởng.",
    "nomination_part": "Nội dung đang soạn của đề nghị: ở trang của đề nghị.",
    "nomination_version": "Bản đã gửi của đề nghị: ở trang của đề nghị.",
    "nomination_return": "Yêu cầu bổ sung: ở trang của đề nghị.",
    "nomination_event": "Các bước của đề nghị: ở trang của đề nghị.",
    "nomination_evidence": "Chỉ là mối nối giữa đề nghị và tệp; tệp có ở bảng Tệp.",
    "nomination_initiative": "Chỉ là mối nối giữa đề nghị và sáng kiến.",
    "dossier_paper": "Giấy tờ của hồ sơ: ở trang của đề nghị.",
    "appraisal": "Ý kiến thẩm định: ở trang của đề nghị.",
    "nomination_check": "Kết quả kiểm tra điều kiện: ở trang của đề nghị.",
    "council": "Hội đồng: ở trang Hội đồng.",
    "council_member": "Thành viên Hội đồng: ở trang của Hội đồng.",
    "council_meeting": "Cuộc họp: ở trang của Hội đồng.",
    "meeting_seat": "Thành phần dự họp: ở trang của cuộc họp.",
    "meeting_case": "Trường hợp trước Hội đồng: ở trang của cuộc họp.",
    "case_conflict": "Xung đột lợi ích: ở trang của cuộc họp.",
    "ballot_box": "Hòm phiếu kín: không ai xem được, kể cả quản trị.",
    "named_vote": "Phiếu ghi tên: ở trang của cuộc họp.",
    "paper_count": "Số phiếu giấy đã kiểm: ở trang của cuộc họp.",
    "award_decision": "Quyết định, tờ trình khen thưởng: ở trang Khen thưởng.",
    "decision_entry": "Danh sách kèm quyết định: ở trang của quyết định.",
    "fund_entry": "Sổ quỹ khen thưởng có trang riêng, chỉ ghi thêm.",
    "forward_package": "Gói hồ sơ trình cấp trên: ở trang của tờ trình.",
    "consultation": "Công khai lấy ý kiến: ở trang Khen thưởng.",
    "consultation_entry": "Danh sách công khai: ở trang của lần lấy ý kiến.",
    "opinion": "Ý kiến về danh sách công khai: ở trang của lần lấy ý kiến.",
    "complaint": "Đơn thư về khen thưởng: chỉ người xử lý xem ở trang riêng.",
    "revocation": "Hủy bỏ khen thưởng: ở Sổ khen thưởng.",
    "award_grant": "Sổ khen thưởng có trang riêng, tìm và xuất được.",
    "certificate_layout": "Mẫu in Giấy khen: có trang riêng, kèm bản in thử.",
    "certificate": "Giấy khen và mã tra cứu: ở trang In Giấy khen.",
    "certificate_run": "Đợt in Giấy khen: ở trang In Giấy khen.",
    "certificate_print": "Từng bản in: ở sổ in Giấy khen.",
    "round_counter": "Số đếm do hệ thống giữ; trang Kỳ báo cáo đã hiện.",
}

BY_VIEW = {shown.view: shown for shown in SHOWN}
