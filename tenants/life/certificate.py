"""The certificate of deletion: what was taken away, for whom, when; nothing of what it held."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from core.documents.render.model import (
    Align,
    Column,
    Letterhead,
    Paper,
    PaperKind,
    Paragraph,
    PlaceDate,
    Table,
)
from core.documents.render.rules import date_text, instant_text
from core.documents.render.template_versions import template_on
from core.errors import NotFoundError
from core.kit import i18n
from core.kit.ids import new_id
from tenants.life import phrases

FORMAT = "thidua-deletion-certificate"
# The code of the day; the one of the catalogue where the department has none of that day.
_DEPARTMENT = """SELECT t.id, t.slug, t.name,
    coalesce((SELECT c.code FROM official_code AS c, (SELECT
        (official_now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS today) AS d
      WHERE c.tenant_id = t.id AND coalesce(c.valid_from, d.today) <= d.today
        AND coalesce(c.valid_to, d.today) >= d.today
      ORDER BY c.valid_from DESC NULLS LAST LIMIT 1), t.official_code) AS official_code,
    array(SELECT h.host::text FROM tenant_host AS h WHERE h.tenant_id = t.id ORDER BY h.host)
      AS hosts
FROM tenant AS t WHERE t.id = $1"""


class Certificate(msgspec.Struct, frozen=True):
    """A certificate; `sha256` covers `content` as JSON with sorted keys.

    `content` has: format, department (id, slug, name, official_code, hosts), requested (by, at,
    reason, decision_number, due), rows (by table), row_count, file_count, file_bytes, audit_head
    (seq, hash), platform_version, rows_removed_at, files_removed_at.
    """

    slug: str
    content: dict[str, Any]
    sha256: str


def digest(content: dict[str, Any]) -> str:
    """Return the hash over a certificate's content."""
    return hashlib.sha256(msgspec.json.encode(content, order="sorted")).hexdigest()


async def facts(connection: asyncpg.Connection, tenant_id: UUID) -> dict[str, Any]:
    """Return what the certificate says of a department, before it is gone."""
    tenant: Any = await connection.fetchrow(_DEPARTMENT, tenant_id)
    request: Any = await connection.fetchrow(
        "SELECT requested_by_name, requested_at, reason, decision_number, delete_after"
        " FROM deletion_request WHERE tenant_id = $1 AND revoked_at IS NULL",
        tenant_id,
    )
    head: Any = await connection.fetchrow(
        "SELECT seq, hash FROM audit_head WHERE tenant_id = $1", tenant_id
    )
    return {
        "format": FORMAT,
        "department": {**tenant, "id": str(tenant["id"])},
        "requested": {
            "by": request["requested_by_name"],
            "at": _utc(request["requested_at"]),
            "reason": request["reason"],
            "decision_number": request["decision_number"],
            "due": _utc(request["delete_after"]),
        },
        "audit_head": {"seq": head["seq"], "hash": head["hash"]} if head else None,
        "platform_version": version("thidua"),
    }


async def open_certificate(
    connection: asyncpg.Connection,
    about: dict[str, Any],
    rows: dict[str, int],
    file_sizes: Sequence[int],
) -> None:
    """Write the certificate in the transaction that takes the rows away."""
    now: datetime = await connection.fetchval("SELECT clock_timestamp()")
    content = {
        **about,
        "rows": rows,
        "row_count": sum(rows.values()),
        "file_count": len(file_sizes),
        "file_bytes": sum(file_sizes),
        "rows_removed_at": _utc(now),
    }
    await connection.execute(
        "INSERT INTO deletion_certificate (id, slug, department_id, content, sha256,"
        " rows_removed_at) VALUES ($1, $2, $3, $4, '', $5)",
        new_id(),
        about["department"]["slug"],
        UUID(about["department"]["id"]),
        msgspec.json.encode(content).decode(),
        now,
    )


async def unfinished(connection: asyncpg.Connection) -> list[Any]:
    """Return the certificates of departments whose files may still be there."""
    rows: list[Any] = await connection.fetch(
        "SELECT id, slug, department_id FROM deletion_certificate WHERE completed_at IS NULL"
        " ORDER BY id"
    )
    return rows


async def close_certificate(connection: asyncpg.Connection, certificate_id: UUID) -> None:
    """Close a certificate once the last file is gone."""
    row: Any = await connection.fetchrow(
        "SELECT content::text AS content, clock_timestamp() AS now FROM deletion_certificate"
        " WHERE id = $1 AND completed_at IS NULL",
        certificate_id,
    )
    content = {**msgspec.json.decode(row["content"]), "files_removed_at": _utc(row["now"])}
    await connection.execute(
        "UPDATE deletion_certificate SET content = $2, sha256 = $3, completed_at = $4"
        " WHERE id = $1",
        certificate_id,
        msgspec.json.encode(content).decode(),
        digest(content),
        row["now"],
    )


async def certificates(platform_url: str, slug: str) -> list[Certificate]:
    """Return the certificates of all departments that had a slug, newest first.

    Raises:
        NotFoundError: there is none.
    """
    connection = await asyncpg.connect(platform_url)
    try:
        rows = await connection.fetch(
            "SELECT slug, content::text AS content, sha256 FROM deletion_certificate"
            " WHERE slug = $1 AND completed_at IS NOT NULL ORDER BY completed_at DESC",
            slug,
        )
    finally:
        await connection.close()
    if not rows:
        raise NotFoundError(phrases.NO_CERTIFICATE)
    return [Certificate(r["slug"], msgspec.json.decode(r["content"]), r["sha256"]) for r in rows]


def rows_in_words(made: Certificate) -> list[tuple[str, str]]:
    """Return what the certificate says, in Vietnamese."""
    content, asked = made.content, made.content["requested"]
    head = content["audit_head"]
    return [
        ("Cơ quan", content["department"]["name"]),
        ("Mã định danh", content["department"]["official_code"] or "không có"),
        ("Mã trên hệ thống", f"{made.slug} ({content['department']['id']})"),
        ("Địa chỉ", ", ".join(content["department"]["hosts"]) or "không có"),
        ("Người yêu cầu", f"{asked['by']}, {_shown(asked['at'])}"),
        ("Văn bản cho phép", asked["decision_number"]),
        ("Lý do", asked["reason"]),
        ("Hết thời gian chờ", _shown(asked["due"])),
        (
            "Dữ liệu đã xóa",
            f"{i18n.vn_number(content['row_count'])} dòng trong"
            f" {sum(1 for count in content['rows'].values() if count)} bảng,"
            f" {_shown(content['rows_removed_at'])}",
        ),
        (
            "Tệp đã xóa",
            f"{i18n.vn_number(content['file_count'])} tệp,"
            f" {i18n.vn_number(content['file_bytes'])} byte, {_shown(content['files_removed_at'])}",
        ),
        (
            "Mắt xích cuối của nhật ký",
            f"số {head['seq']}, {head['hash']}" if head else "không có nhật ký",
        ),
        ("Mã băm SHA-256 của giấy này", made.sha256),
    ]


def paper(made: Certificate, *, issuer: str, place: str) -> Paper:
    """Return the certificate as a paper of the operator."""
    done = datetime.fromisoformat(made.content["files_removed_at"])
    day = i18n.local(done).date()
    return Paper(
        kind=PaperKind.RECEIPT,
        template=template_on(day).id,
        letterhead=Letterhead(issuing_body=issuer),
        place_date=PlaceDate(place=place, on=day),
        document_type="Giấy chứng nhận",
        abstract="Đã xóa toàn bộ dữ liệu của một cơ quan trên hệ thống",
        body=(
            Paragraph(
                f"{issuer} chứng nhận đến {date_text(day)} đã xóa toàn bộ dữ liệu của"
                f" {made.content['department']['name']} trên hệ thống, cụ thể như sau:"
            ),
            Table(
                (Column("Nội dung", 1), Column("Thông tin ghi nhận", 2.4, Align.LEFT)),
                tuple(rows_in_words(made)),
            ),
            Paragraph(phrases.CERTIFICATE_NOTE),
        ),
    )


def _utc(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat()


def _shown(instant: str) -> str:
    return instant_text(i18n.local(datetime.fromisoformat(instant)))
