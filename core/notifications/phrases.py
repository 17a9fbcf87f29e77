"""Sentences of notices and mails."""

from __future__ import annotations


def mail_body(*, title: str, body: str, link: str, department: str) -> str:
    """Return the text of a mail that repeats a notice."""
    parts = [title, body, f"Mở tại: {link}" if link else ""]
    parts.append(f"Thư tự động của {department}. Xin đừng trả lời thư này.")
    return "\n\n".join(part for part in parts if part) + "\n"
