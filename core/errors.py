"""One hierarchy of errors; `core.web_edge` turns each into a page or a problem document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class ThiduaError(Exception):
    """Base of every expected error: a status, a stable English code, a Vietnamese sentence.

    Attributes:
        status: HTTP status.
        code: stable machine-readable name.
        detail: what is wrong and what to do, in Vietnamese, for the person on the screen.
        fields: sentence by field name, for forms.
        extra: further members of the problem document (for example both texts of a clash).
    """

    status = 500
    code = "internal_error"
    title = "Có lỗi xảy ra"

    def __init__(
        self,
        detail: str = "",
        *,
        code: str | None = None,
        fields: Mapping[str, str] | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.code = code or type(self).code
        self.fields = dict(fields or {})
        self.extra = dict(extra or {})


class ScopeError(ThiduaError):
    """Tenant data was touched without a tenant, or with another one: a programming error."""

    code = "scope_error"


class NotFoundError(ThiduaError):
    """The thing does not exist, or not for this person."""

    status, code, title = 404, "not_found", "Không tìm thấy nội dung này"


class UnknownHostError(NotFoundError):
    """No department is served under this host name."""

    code, title = "unknown_host", "Địa chỉ này không thuộc Sở Y tế nào trên hệ thống"


class SuspendedTenantError(ThiduaError):
    """The department is suspended by the operator."""

    status, code, title = 403, "tenant_suspended", "Hệ thống của Sở đang tạm dừng"


class SignInRequiredError(ThiduaError):
    """Nobody is signed in, or the session has ended."""

    status, code, title = 401, "session_expired", "Phiên làm việc đã hết, mời đăng nhập lại"


class PermissionDeniedError(ThiduaError):
    """The person's roles do not allow this."""

    status, code, title = 403, "permission_denied", "Tài khoản của bạn không có quyền làm việc này"


class InvalidInputError(ThiduaError):
    """What was typed cannot be accepted; `fields` says where and why."""

    status, code, title = 422, "invalid_input", "Có chỗ cần sửa trước khi tiếp tục"


class ConflictError(ThiduaError):
    """The thing has changed in the meantime, or its state does not allow this now."""

    status, code, title = 409, "conflict", "Chưa thực hiện được"


class StalePartError(ConflictError):
    """Somebody else saved the same part first; `extra` holds both texts: `current`, `yours`."""

    code, title = "stale_part", "Người khác vừa lưu phần này"


class PayloadTooLargeError(ThiduaError):
    """The request body is over the limit."""

    status, code, title = 413, "payload_too_large", "Tệp quá lớn"


class TooManyAttemptsError(ThiduaError):
    """Wait before trying again."""

    status, code, title = 429, "too_many_attempts", "Bạn đã thử nhiều lần, xin chờ một chút"


class UnavailableError(ThiduaError):
    """A service that is needed (database, queue) does not answer at the moment."""

    status, code, title = 503, "unavailable", "Hệ thống tạm gián đoạn, xin thử lại sau ít phút"
