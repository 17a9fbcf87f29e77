"""Vietnamese sentences about exporting, importing and deleting a department."""

from __future__ import annotations

NO_DEPARTMENT = "Không có Sở nào mang mã này."
EXPORT_RUNNING = "Một bản xuất đang được làm. Hãy chờ bản đó xong rồi yêu cầu bản mới."
EXPORT_GONE = "Bản xuất này chưa xong hoặc đã hết thời gian giữ. Hãy yêu cầu bản mới."
EXPORT_FAILED = "Chưa làm được bản xuất. Hãy yêu cầu lại; nếu vẫn lỗi, báo đơn vị vận hành."
EXPORT_ASKED = "Đã nhận yêu cầu. Bản xuất đang được làm; có thể rời trang này rồi quay lại."
REASON_MISSING = "Ghi lý do xóa (tối đa 1.000 ký tự)."
DECISION_MISSING = "Ghi số quyết định hoặc văn bản cho phép xóa (tối đa 100 ký tự)."
DELETION_WAITS = "Đã có một yêu cầu xóa đang chờ. Muốn đổi, hãy rút lại yêu cầu đó trước."
NO_DELETION_WAITS = "Không có yêu cầu xóa nào đang chờ."
KEPT = "Đã rút lại yêu cầu xóa. Dữ liệu của Sở được giữ nguyên."
NO_CERTIFICATE = "Chưa có giấy chứng nhận xóa cho mã này."
CERTIFICATE_NOTE = (
    "Sau khi xóa, không còn dòng dữ liệu, tệp hoặc phiên đăng nhập nào của cơ quan trong cơ sở dữ"
    " liệu và kho tệp đang vận hành; bản sao lưu cũ hết hạn theo lịch sao lưu. Mắt xích cuối của"
    " nhật ký giúp đối chiếu với bản xuất mà cơ quan giữ."
)
STAGES = {
    "queued": "Đang chờ đến lượt",
    "rows": "Đang ghi dữ liệu (bước 1 trên 3)",
    "files": "Đang chép tệp (bước 2 trên 3)",
    "storing": "Đang cất vào kho (bước 3 trên 3)",
    "done": "Tải về được",
    "failed": "Không làm được",
    "expired": "Đã hết thời gian giữ",
}
NOT_A_ZIP = (
    "Tệp này không phải bản xuất dữ liệu của một Sở (không mở được như tệp ZIP). Hãy chọn đúng tệp"
    " đã tải về, hoặc tải lại: tệp có thể bị cắt khi chép. Chưa có gì thay đổi."
)
NO_MANIFEST = (
    "Tệp ZIP này không phải bản xuất dữ liệu của một Sở: không có danh mục manifest.json của hệ"
    " thống. Chưa có gì thay đổi."
)
BOMB = (
    "Tệp này bung ra lớn bất thường so với kích thước của nó nên bị từ chối. Hãy xuất lại từ hệ"
    " thống gốc. Chưa có gì thay đổi."
)
TENANT_THERE = "Sở này đã có trên hệ thống (cùng mã định danh). Chưa có gì thay đổi."
BROKEN_CHAIN = (
    "Chuỗi nhật ký trong tệp không khớp với chính nó: có dòng bị sửa, bị bỏ hoặc làm lại. Chưa có"
    " gì thay đổi."
)


def content_missing(name: str) -> str:
    """Say that a stored file has lost its content."""
    return (
        f"Tệp “{name}” không còn trong kho lưu trữ nên chưa xuất được trọn vẹn. Hãy báo đơn vị vận"
        " hành khôi phục tệp này rồi xuất lại."
    )


def content_damaged(name: str) -> str:
    """Say that a stored file's content is not what was stored."""
    return (
        f"Tệp “{name}” trong kho lưu trữ đã bị hỏng (mã băm không khớp) nên chưa xuất được trọn"
        " vẹn. Hãy báo đơn vị vận hành khôi phục tệp này rồi xuất lại."
    )


def altered(name: str) -> str:
    """Say which entry is not what was written."""
    return (
        f"Mục “{name}” trong tệp không khớp với danh mục: tệp đã bị sửa hoặc hỏng sau khi xuất."
        " Hãy lấy lại bản xuất gốc. Chưa có gì thay đổi."
    )


def foreign_name(name: str) -> str:
    """Say that an entry's name cannot come from an export."""
    return f"Tệp chứa mục có tên lạ “{name[:120]}”, không do hệ thống xuất ra. Chưa có gì thay đổi."


def doubled_name(name: str) -> str:
    """Say that an entry is there twice."""
    return f"Mục “{name}” có hai lần trong tệp. Hãy lấy lại bản xuất gốc. Chưa có gì thay đổi."


def too_large(name: str) -> str:
    """Say that an entry is larger than can be."""
    return f"Mục “{name}” lớn quá mức cho phép. Chưa có gì thay đổi."


def missing(name: str, count: int) -> str:
    """Say what is not there."""
    more = f" và {count - 1} mục khác" if count > 1 else ""
    return f"Tệp thiếu mục “{name}”{more} có trong danh mục. Chưa có gì thay đổi."


def unlisted(name: str, count: int) -> str:
    """Say what is there without being listed."""
    more = f" và {count - 1} mục khác" if count > 1 else ""
    return f"Tệp có thêm mục “{name}”{more} không có trong danh mục. Chưa có gì thay đổi."


def wrong_version(found: object, known: int) -> str:
    """Say that the format is another one."""
    return (
        f"Bản xuất theo định dạng số {found}, hệ thống này đọc định dạng số {known}. Hãy xuất lại"
        " từ phiên bản phần mềm tương ứng. Chưa có gì thay đổi."
    )


def wrong_hash(found: str) -> str:
    """Say that the whole file is not the one whose hash was given."""
    return (
        f"Mã băm SHA-256 của tệp là {found}, khác mã băm đã cho: đây không phải bản xuất đó."
        " Chưa có gì thay đổi."
    )


def schema_differs(unknown: int, absent: int) -> str:
    """Say which side has to be upgraded."""
    if unknown:
        side = (
            f"Bản xuất đến từ phiên bản mới hơn ({unknown} bước cấu trúc chưa có ở đây). Hãy nâng"
            " cấp hệ thống này (thidua migrate) rồi nhập lại."
        )
    else:
        side = (
            f"Bản xuất đến từ phiên bản cũ hơn (thiếu {absent} bước cấu trúc). Hãy nâng cấp hệ"
            " thống gốc, xuất lại rồi nhập."
        )
    return f"{side} Chưa có gì thay đổi."


def slug_taken(slug: str) -> str:
    """Say that another department has this slug."""
    return (
        f"Mã “{slug}” đã thuộc một Sở khác trên hệ thống này. Chọn mã khác bằng --slug. Chưa có gì"
        " thay đổi."
    )


def host_taken(host: str) -> str:
    """Say that another department has this host."""
    return (
        f"Địa chỉ “{host}” đã thuộc một Sở khác trên hệ thống này. Chọn địa chỉ khác bằng --host."
        " Chưa có gì thay đổi."
    )


def row_refused(table: str) -> str:
    """Say that the database does not take a table's rows."""
    return (
        f"Cơ sở dữ liệu không nhận dữ liệu của bảng “{table}” trong tệp: có dòng sai cấu trúc hoặc"
        " không thuộc Sở này. Chưa có gì thay đổi."
    )


def not_equal(table: str) -> str:
    """Say that what arrived is not what was sent."""
    return (
        f"Sau khi ghi, bảng “{table}” không giống hệt trong tệp nên việc nhập được hủy. Chưa có gì"
        " thay đổi."
    )


def open_jobs(count: int) -> str:
    """Warn that jobs stay behind."""
    return (
        f"Còn {count} việc đang chờ (thư, dựng văn bản); chúng không có trong bản xuất. Để không"
        " sót, hãy chờ hết việc rồi xuất lại."
    )


def new_factors(count: int) -> str:
    """Say that authenticators of the old installation are void."""
    return (
        f"Khóa mã hóa (THIDUA_SECRET) ở đây khác nơi xuất: xác thực hai lớp của {count} tài khoản"
        " đã được gỡ, lần đăng nhập tới sẽ thiết lập lại. Mật khẩu giữ nguyên."
    )


def resume_next(slug: str) -> str:
    """Say what remains to be done."""
    return f"Sở chưa được mở. Kiểm tra xong, chạy: thidua tenant resume {slug}"


def wrong_name(name: str) -> str:
    """Say what has to be typed."""
    return f"Gõ đúng tên Sở để xác nhận: {name}."


def deletion_asked(day: str) -> str:
    """Say when the deletion takes place."""
    return f"Đã ghi yêu cầu. Dữ liệu của Sở sẽ bị xóa khi {day}; tới lúc đó vẫn rút lại được."


def still_open(day: str, slug: str) -> str:
    """Say when the deletion takes place, and how it is taken back."""
    return (
        f"Dữ liệu sẽ bị xóa khi {day}. Mọi trang của Sở hiện thông báo này. Rút lại: thidua tenant"
        f" keep {slug}"
    )
