"""The description of the API, with the one shape that every error has (RFC 9457)."""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.openapi.plugins import JsonRenderPlugin

_TEXT: dict[str, Any] = {"type": "string"}
PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "What went wrong: `detail` in Vietnamese for people, `code` for programs.",
    "required": ["type", "title", "status", "detail", "code", "request_id"],
    "properties": {
        "type": {**_TEXT, "description": "`urn:thidua:` and the code."},
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
        "code": {**_TEXT, "description": "Stable, e.g. `stale_part`, `wrong_state`, `incomplete`."},
        "request_id": {**_TEXT, "description": "For support."},
        "errors": {
            "type": "array",
            "description": "Where single fields are wrong.",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": _TEXT, "message": _TEXT},
            },
        },
    },
}
_ANSWER = {
    "description": "Any refusal: 400, 401, 403, 404, 409, 413, 422, 429 or 503.",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


class Description(JsonRenderPlugin):
    """Renders the description; the framework's own shape of an error is not ours."""

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """Return the description as JSON, with a problem document as every operation's error."""
        openapi_schema["components"].setdefault("schemas", {})["Problem"] = PROBLEM
        for path in openapi_schema["paths"].values():
            for operation in path.values():
                operation["responses"].pop("400", None)
                operation["responses"]["default"] = _ANSWER
        return super().render(request, openapi_schema)
