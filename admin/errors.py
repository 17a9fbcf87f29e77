"""Every refusal of the panel as a Vietnamese sentence in the shape that its page shows."""

from __future__ import annotations

import json
import re
from typing import Any

import structlog
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from core.errors import InvalidInputError, PermissionDeniedError, ThiduaError
from core.web import failures

log = structlog.get_logger("panel")
SENTENCES = {
    400: "Yêu cầu không đọc được: có giá trị hoặc cột không đúng. Xin tải lại trang rồi thử lại.",
    403: "Trang đã mở quá lâu hoặc yêu cầu không đến từ trang này. Xin tải lại trang rồi thử lại.",
    404: "Không có nội dung này.",
    405: "Bảng này không nhận thao tác đó.",
    422: "Giá trị không phù hợp với dữ liệu đang có, nên chưa lưu gì.",
}
UNKNOWN = "Chưa thực hiện được. Xin thử lại; nếu vẫn không được, xin báo người vận hành."
FIELDS = (
    (r"string_too_long", "dài quá {max_length} ký tự."),
    (r"string_too_short", "chưa nhập."),
    (r"missing", "chưa nhập."),
    (r"uuid.*", "chọn một mục trong danh sách."),
    (r"string_pattern_mismatch|enum|literal_error", "chọn một mục trong danh sách."),
    (r"bool.*", "chọn Có hoặc Không."),
    (r"int.*|float.*|decimal.*", "cần là một số."),
    (r"date_.*", "chưa chọn ngày, hoặc ngày không đúng."),
    (r"date.*|time.*", "cần là ngày giờ, ví dụ 2026-11-23T08:00."),
    (r"string_type", "cần là chữ."),
    (r"json_invalid|model_.*|dict_type", "không đọc được."),
)


def in_words(kind: str, context: dict[str, Any] | None = None) -> str:
    """Say in Vietnamese what is wrong with one field, by pydantic's kind of error."""
    for pattern, sentence in FIELDS:
        if re.fullmatch(pattern, kind):
            return sentence.format_map({"max_length": "", **(context or {})})
    return "giá trị không đúng dạng."


def field_list(items: list[Any], titles: dict[str, str]) -> JSONResponse:
    """Return the answer that puts a sentence to each field, under its title."""
    detail = []
    for item in items:
        name = str(item["loc"][-1]) if item["loc"] else ""
        detail.append(
            {"loc": [titles.get(name, name)], "msg": in_words(item["type"], item.get("ctx"))}
        )
    return JSONResponse({"detail": detail}, status_code=422)


def told(error: ThiduaError, titles: dict[str, str] | None = None) -> JSONResponse:
    """Return the answer for one of our errors."""
    if error.fields:
        named = titles or {}
        detail: Any = [
            {"loc": [named.get(field, field)], "msg": sentence}
            for field, sentence in error.fields.items()
        ]
    else:
        detail = error.detail
    return JSONResponse({"detail": detail, "code": error.code}, status_code=error.status)


async def expected(_request: Request, error: Exception) -> JSONResponse:
    """Answer one of our own errors."""
    return told(error) if isinstance(error, ThiduaError) else unexpected(error)


async def by_status(_request: Request, error: Exception) -> JSONResponse:
    """Answer what the framework refuses by a status alone."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    return JSONResponse({"detail": SENTENCES.get(status, UNKNOWN)}, status_code=status)


def unexpected(error: Exception) -> JSONResponse:
    """Answer what the library or the database raised: a sentence, never a traceback."""
    if isinstance(error, ValidationError):
        return field_list(list(error.errors()), {})
    if isinstance(error, ValueError | TypeError | KeyError):
        log.warning("panel_refused", exc_info=error)
        return told(InvalidInputError(SENTENCES[400]))
    if type(error).__name__ == "InsufficientPrivilegeError":
        return told(PermissionDeniedError("Bảng này không sửa được ở đây."))
    return told(failures.as_expected(error))


def reworded(status: int, body: bytes) -> bytes:
    """Return the library's own refusal (plain text, `error`, `db_error`) in our shape."""
    try:
        said = json.loads(body)
    except ValueError:
        said = None
    if isinstance(said, dict) and {"detail", "custom_form_error"} & said.keys():
        return body
    return json.dumps({"detail": SENTENCES.get(status, UNKNOWN)}, ensure_ascii=False).encode()
