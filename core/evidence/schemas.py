"""Files as services and pages see them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec


class Purpose(StrEnum):
    """What a file is for; decides who may open it."""

    EVIDENCE = "evidence"
    ATTACHMENT = "attachment"
    DECISION = "decision"
    PAPER = "paper"
    SIGNED_SCAN = "signed_scan"
    LOGO = "logo"
    COUNCIL = "council"
    EMBLEM = "emblem"
    CONFIDENTIAL = "confidential"


class ScanState(StrEnum):
    """What the malware scanner said; a file that it refuses is not kept."""

    NOT_SCANNED = "not_scanned"
    CLEAN = "clean"


class CheckedFile(msgspec.Struct, frozen=True):
    """A file that may be kept: safe name, detected type, content (images made anew)."""

    name: str
    media_type: str
    content: bytes


class StoredFileView(msgspec.Struct, frozen=True):
    """Facts of a stored file; `size` in bytes."""

    id: UUID
    name: str
    media_type: str
    size: int
    sha256: str
    purpose: str
    scan_state: str
    uploaded_at: datetime


class EvidenceView(msgspec.Struct, frozen=True):
    """A file attached to a part of a report; `href` opens it."""

    id: UUID
    file_id: UUID
    name: str
    media_type: str
    size: int
    sha256: str
    scan_state: str
    href: str
