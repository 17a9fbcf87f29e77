"""Sentences about files: what is wrong and what to do."""

from __future__ import annotations

from core.kit.i18n import file_size

KINDS = "PDF, ảnh (JPG, PNG, WEBP), Word (.docx), Excel (.xlsx), PowerPoint (.pptx)"


def megabytes(size: int) -> str:
    """Return a size in MB with a decimal comma."""
    return f"{size / 1024 / 1024:.1f}".replace(".", ",") + " MB"


def too_large(name: str, size: int, limit: int) -> str:
    """A file over the limit."""
    return (
        f"Tệp “{name}” nặng {megabytes(size)}, vượt mức {limit // 1024 // 1024} MB cho mỗi tệp. "
        "Xin giảm dung lượng hoặc chia thành nhiều tệp."
    )


def empty(name: str) -> str:
    """A file of no bytes."""
    return f"Tệp “{name}” không có nội dung. Xin kiểm tra lại tệp rồi chọn lại."


def kind_refused(name: str) -> str:
    """An extension that is not taken."""
    return f"Tệp “{name}” không thuộc loại được nhận. Hệ thống nhận {KINDS}."


def old_office(name: str) -> str:
    """The binary formats of before 2007."""
    return (
        f"Tệp “{name}” ở định dạng Office cũ. "
        "Xin lưu lại dạng .docx, .xlsx, .pptx hoặc PDF rồi tải lên."
    )


def mismatch(name: str) -> str:
    """Content that is not what the extension says."""
    return (
        f"Nội dung tệp “{name}” không đúng với đuôi tệp. "
        "Xin mở tệp bằng phần mềm gốc, lưu lại rồi tải lên."
    )


def macro(name: str) -> str:
    """A document with a program inside."""
    return (
        f"Tệp “{name}” có chứa macro nên không được nhận. "
        "Xin lưu lại dạng không có macro (.docx, .xlsx, .pptx) hoặc PDF."
    )


def bomb(name: str) -> str:
    """An archive that swells when opened."""
    return f"Tệp “{name}” phình to bất thường khi mở nên không được nhận."


def locked(name: str) -> str:
    """An archive with a password."""
    return f"Tệp “{name}” có đặt mật khẩu. Xin bỏ mật khẩu rồi tải lên."


def broken(name: str) -> str:
    """A file that cannot be read."""
    return f"Tệp “{name}” bị hỏng, không đọc được. Xin lưu lại rồi tải lên."


def pixels(name: str, limit: int) -> str:
    """A picture with too many pixels."""
    return (
        f"Ảnh “{name}” quá lớn; tối đa {limit // 1_000_000} triệu điểm ảnh. "
        "Xin thu nhỏ ảnh rồi tải lên."
    )


def malware(name: str) -> str:
    """The scanner found something."""
    return f"Tệp “{name}” bị phần mềm diệt mã độc cảnh báo nên không được nhận."


SCANNER_AWAY = "Chưa quét được mã độc nên tạm chưa nhận tệp. Xin thử lại sau ít phút."
NOT_A_LIST = "Tệp “{name}” không phải danh sách. Hãy dùng tệp mẫu .xlsx, hoặc CSV mã UTF-8."
LIST_TOO_HEAVY = (
    "Tệp “{name}” vượt mức 5 MB. Hãy bỏ ảnh, định dạng thừa, hoặc chia thành nhiều tệp."
)
CSV_NOT_UTF8 = "Tệp CSV không đọc được. Hãy lưu lại dạng “CSV UTF-8”, hoặc dùng tệp .xlsx."
LIST_SWELLS = "Tệp “{name}” phình to bất thường khi mở nên không được nhận."
LIST_BROKEN = "Tệp “{name}” bị hỏng, không đọc được. Hãy mở bằng Excel, lưu lại rồi tải lên."
NO_FILE = "Chưa chọn tệp nào."


def too_many(limit: int) -> str:
    """A part with many files."""
    return f"Mỗi phần nhận tối đa {limit} tệp. Xin gộp tệp hoặc bỏ bớt tệp cũ."


def storage_full(size: int, left: int) -> str:
    """The department's limit of storage is reached."""
    return (
        f"Kho tệp của Sở chỉ còn {file_size(left)}, tệp này {file_size(size)} nên chưa nhận được."
        " Hãy báo quản trị của Sở để đề nghị người vận hành nâng hạn mức."
    )


def attached(name: str) -> str:
    """The file is attached."""
    return f"Đã đính kèm “{name}”."


REMOVED = "Đã bỏ tệp khỏi phần này."
