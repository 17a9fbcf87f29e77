"""Papers as services and pages see them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec


class DocumentState(StrEnum):
    """How far a paper is."""

    QUEUED = "queued"
    RENDERING = "rendering"
    DONE = "done"
    FAILED = "failed"


class Subject(msgspec.Struct, frozen=True):
    """The one version of a thing that a paper shows; `name` is the paper's name for people."""

    id: UUID
    version: int
    unit_id: UUID
    name: str


class DocumentView(msgspec.Struct, frozen=True):
    """A paper: its subject, how far it is (`done_steps` of `total_steps`), its files when done."""

    id: UUID
    kind: str
    subject_id: UUID
    subject_version: int
    unit_id: UUID
    name: str
    state: str
    done_steps: int
    total_steps: int
    error: str
    template_version: str
    pdf_file_id: UUID | None
    docx_file_id: UUID | None
    pdf_sha256: str | None
    requested_at: datetime
    finished_at: datetime | None


class Signatory(msgspec.Struct, frozen=True):
    """Who signs; `job_title` as in the list of people, '' if unknown."""

    name: str
    job_title: str
