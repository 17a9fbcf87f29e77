"""The parts of a nomination: an ordered schema after the skeleton of Mẫu 08 (wording unconfirmed).

A part has single fields and, where the form has a table, rows; the body is JSON
`{"field": text | true, "items": [{column: text}]}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from core.kit.i18n import nfc, vn_date

TEXT = 20_000
LINE = 300
ROWS = 60
COMMITMENT = "commitment"
INITIATIVES = "initiatives"
ACHIEVEMENTS = "achievements"


class Field(msgspec.Struct, frozen=True):
    """One field. `kind`: line | text | date | select | check."""

    name: str
    label: str
    kind: str = "line"
    help: str = ""
    is_required: bool = False
    options: tuple[tuple[str, str], ...] = ()
    lack: str = ""


class Rows(msgspec.Struct, frozen=True):
    """A table of short texts; the first column names the row."""

    title: str
    columns: tuple[tuple[str, str], ...]


class Part(msgspec.Struct, frozen=True):
    """One part. `needs`: the rows or the named check ("không có") must be there."""

    key: str
    title: str
    help: str
    fields: tuple[Field, ...]
    rows: Rows | None = None
    needs_rows_or: str = ""
    lack: str = ""


_PROFILES = {
    "collective": (
        Field("address", "Địa chỉ", is_required=True, lack="Chưa ghi địa chỉ của tập thể."),
        Field("staff", "Số người", help="Tổng số người hiện có, kèm cơ cấu nếu cần."),
        Field("tasks", "Chức năng, nhiệm vụ được giao", "text", is_required=True,
              lack="Chưa ghi chức năng, nhiệm vụ được giao."),
        Field("features", "Đặc điểm, tình hình", "text",
              help="Thuận lợi, khó khăn ảnh hưởng tới kết quả."),
    ),
    "individual": (
        Field("birth_date", "Ngày sinh", "date"),
        Field("gender", "Giới tính", "select",
              options=(("", "Chưa ghi"), ("female", "Nữ"), ("male", "Nam"))),
        Field("home_town", "Quê quán"),
        Field("job_title", "Chức vụ, chức danh", is_required=True,
              lack="Chưa ghi chức vụ, chức danh."),
        Field("workplace", "Đơn vị công tác", is_required=True, lack="Chưa ghi đơn vị công tác."),
        Field("education", "Trình độ chuyên môn"),
        Field("duties", "Quyền hạn, nhiệm vụ được giao", "text"),
    ),
    "other": (
        Field("address", "Địa chỉ", is_required=True, lack="Chưa ghi địa chỉ."),
        Field("representative", "Người đại diện"),
        Field("features", "Giới thiệu", "text", help="Lĩnh vực, quan hệ với ngành y tế."),
    ),
}  # fmt: skip


def parts_for(kind: str) -> tuple[Part, ...]:
    """Return the parts of a nomination for a kind of subject, in the order of the form."""
    name = "Sơ lược tiểu sử" if kind == "individual" else "Sơ lược về đối tượng"
    return (
        Part("profile", name, "Phần I của báo cáo thành tích.", _PROFILES[kind]),
        Part(
            ACHIEVEMENTS, "Thành tích đạt được",
            "Phần II: thành tích trong phong trào, có số liệu và thời điểm.",
            (
                Field("narrative", "Thành tích", "text", is_required=True,
                      help="Việc đã làm, kết quả cụ thể, so với trước. Khoảng 150–600 chữ.",
                      lack="Chưa ghi thành tích."),
                Field("benefit", "Hiệu quả, phạm vi ảnh hưởng", "text"),
                Field("source", "Nguồn số liệu",
                      help="Ví dụ: báo cáo phong trào của đơn vị năm 2026."),
            ),
            Rows("Số liệu chính", (("what", "Nội dung"), ("value", "Kết quả"),
                                   ("when", "Thời gian"))),
        ),
        Part(
            INITIATIVES, "Sáng kiến, giải pháp",
            "Chọn từ sổ sáng kiến. Một sáng kiến chỉ làm căn cứ cho một lần khen.",
            (
                Field("none", "Không có sáng kiến trong thời gian tính thành tích", "check"),
                Field("note", "Ghi chú về việc áp dụng", "text"),
            ),
            needs_rows_or="none",
            lack="Chưa chọn sáng kiến; nếu không có, hãy đánh dấu “Không có sáng kiến”.",
        ),
        Part(
            "previous_awards", "Các hình thức đã được khen",
            "Phần III: số, ngày của từng quyết định.",
            (Field("none", "Chưa được khen lần nào", "check"),),
            Rows("Đã được khen", (("award", "Hình thức"), ("number", "Số quyết định"),
                                  ("day", "Ngày"))),
            needs_rows_or="none",
            lack="Chưa ghi hình thức đã được khen; nếu chưa có, hãy đánh dấu “Chưa được khen”.",
        ),
        Part(
            COMMITMENT, "Cam kết", "Đơn vị đề nghị chịu trách nhiệm về nội dung hồ sơ.",
            (
                Field("no_discipline",
                      "Không đang bị xem xét kỷ luật, điều tra, thanh tra hoặc có đơn thư chưa giải"
                      " quyết", "check", is_required=True,
                      lack="Chưa cam kết về kỷ luật, điều tra, đơn thư."),
                Field("truthful", "Số liệu, thành tích nêu trong hồ sơ là đúng sự thật", "check",
                      is_required=True, lack="Chưa cam kết số liệu đúng sự thật."),
                Field("note", "Điều cần nói thêm", "text"),
            ),
        ),
    )  # fmt: skip


def part_of(kind: str, key: str) -> Part | None:
    """Return one part by its key."""
    return next((part for part in parts_for(kind) if part.key == key), None)


def clean(part: Part, given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the body to be kept, and sentences by field where something is not acceptable."""
    body: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for field in part.fields:
        value = given.get(field.name)
        if field.kind == "check":
            body[field.name] = value in (True, "1", "true", "on")
            continue
        text = nfc(value.strip()) if isinstance(value, str) else ""
        limit = TEXT if field.kind == "text" else LINE
        if len(text) > limit:
            wrong[field.name] = f"Dài quá {limit:,} ký tự. Xin rút ngắn.".replace(",", ".")
        elif field.kind == "date" and text and not _is_day(text):
            wrong[field.name] = "Ngày không đúng. Xin nhập lại."
        elif field.kind == "select" and text not in {key for key, _ in field.options}:
            text = ""
        body[field.name] = text
    if part.rows:
        body["items"], bad = _rows(part.rows, given.get("items"))
        if bad:
            wrong["items"] = bad
    return body, wrong


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _rows(rows: Rows, given: Any) -> tuple[list[dict[str, str]], str]:
    kept = []
    for item in given if isinstance(given, list) else []:
        if not isinstance(item, Mapping):
            continue
        row = {
            key: nfc(str(item.get(key, "") or "").strip())[: LINE + 1] for key, _ in rows.columns
        }
        if any(row.values()):
            kept.append(row)
    if len(kept) > ROWS:
        return kept[:ROWS], f"Nhiều nhất {ROWS} dòng."
    if any(len(value) > LINE for row in kept for value in row.values()):
        return kept, f"Mỗi ô nhiều nhất {LINE} ký tự."
    return kept, ""


def missing(part: Part, body: Mapping[str, Any], *, chosen: int = 0) -> list[str]:
    """Return what a part still lacks, in words; `chosen`: initiatives taken from the register."""
    lacks = [
        field.lack or f"Chưa có: {field.label}."
        for field in part.fields
        if field.is_required and not body.get(field.name)
    ]
    if part.needs_rows_or and not (body.get("items") or chosen or body.get(part.needs_rows_or)):
        lacks.append(part.lack)
    return lacks


def readable(part: Part, body: Mapping[str, Any]) -> str:
    """Return a part as people read it, line by line (for a clash and for differences)."""
    return "\n".join(f"{label}: {text}" for _, label, text in lines(part, body))


def lines(part: Part, body: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return (name, label, text) of every field that says something."""
    found = []
    for field in part.fields:
        value = body.get(field.name)
        if not value:
            continue
        found.append((field.name, field.label, shown(field, value)))
    if part.rows and body.get("items"):
        text = "\n".join(
            " · ".join(filter(None, (item.get(key, "") for key, _ in part.rows.columns)))
            for item in body["items"]
        )
        found.append(("items", part.rows.title, text))
    return found


def shown(field: Field, value: Any) -> str:
    """Return a field's value in words."""
    if field.kind == "check":
        return "có"
    if field.kind == "date":
        return vn_date(date.fromisoformat(str(value))) if _is_day(str(value)) else str(value)
    if field.kind == "select":
        return dict(field.options).get(str(value), "")
    return str(value)
