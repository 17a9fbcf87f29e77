"""Section of the mails' wording: subject and text of each event, with placeholders."""

from __future__ import annotations

from collections.abc import Mapping

from core.movements import phrases
from core.movements.sections.inputs import LINE, TEXT, Context, Group, Input, Typed
from core.movements.values import DepartmentValues, MailWording
from core.movements.wording import PLACEHOLDERS, fill, unknown_placeholders

EXAMPLE = {
    "tieu_de": "Mở kỳ Báo cáo hằng năm 2026",
    "noi_dung": "Hạn cuối: hết ngày 29/11/2026.",
    "nguoi_nhan": "Nguyễn Thị Thủy",
    "ten_so": "Sở Y tế",
    "duong_dan": "https://…/viec-cua-toi",
}


def typed_mails(values: DepartmentValues) -> dict[str, str]:
    """Return the wordings as they are typed."""
    found = {}
    for event, wording in values.mails.items():
        found[f"mail.{event}.subject"] = wording.subject
        found[f"mail.{event}.body"] = wording.body
    return found


def show_mails(context: Context, typed: Mapping[str, str]) -> list[Group]:  # noqa: ARG001
    """One group for each event, with what a reader would get."""
    return [_event(event, title, typed) for event, title in phrases.MAIL_EVENTS.items()]


def _event(event: str, title: str, typed: Mapping[str, str]) -> Group:
    subject = typed.get(f"mail.{event}.subject", "")
    body = typed.get(f"mail.{event}.body", "")
    seen = f"{fill(subject, EXAMPLE)}\n\n{fill(body, EXAMPLE)}" if subject and body else ""
    return Group(
        title=title,
        plan=seen,
        reference="người nhận sẽ thấy (ví dụ)" if seen else "",
        note="" if seen else "Đang dùng lời của nền tảng.",
        source="department" if seen else "not_stated",
        inputs=(
            Input(name=f"mail.{event}.subject", label="Tiêu đề thư", value=subject),
            Input(name=f"mail.{event}.body", label="Nội dung thư", kind="text", value=body),
        ),
    )


def read_mails(context: Context, typed: Typed) -> dict[str, MailWording]:  # noqa: ARG001
    """Read the wordings: subject and text, with known placeholders only."""
    found = {}
    for event in phrases.MAIL_EVENTS:
        subject, body = f"mail.{event}.subject", f"mail.{event}.body"
        wording = MailWording(
            subject=typed.text(subject, limit=LINE), body=typed.text(body, limit=TEXT)
        )
        if not wording.subject and not wording.body:
            continue
        if not wording.subject:
            typed.wrong(subject, "Có nội dung thư mà chưa có tiêu đề.")
        if not wording.body:
            typed.wrong(body, "Có tiêu đề mà chưa có nội dung thư.")
        for name, text in ((subject, wording.subject), (body, wording.body)):
            for bad in unknown_placeholders(text):
                known = ", ".join(f"{{{each}}}" for each in PLACEHOLDERS)
                typed.wrong(name, f"Không có ô điền {{{bad}}}. Dùng được: {known}.")
        found[event] = wording
    return found
