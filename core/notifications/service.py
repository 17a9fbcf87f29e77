"""Tell people: a notice in the application and, where they have an address, one mail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from asyncpg import Record

from core.jobs.schemas import NewJob
from core.jobs.service import enqueue_many
from core.kit.ids import new_id
from core.movements.values import MailWording
from core.movements.wording import LINK, fill
from core.notifications import phrases, repository
from core.notifications.schemas import WITHOUT_MAIL, Event, LinkMail, NewMail, Notice
from core.settings import settings

SEND_MAIL = "notifications.send_mail"


async def notify(
    *,
    event: str,
    account_ids: Iterable[UUID],
    title: str,
    body: str = "",
    href: str = "",
    dedup_key: str = "",
    subject_id: UUID | None = None,
    edition_id: UUID | None = None,
) -> int:
    """Tell some accounts the same thing, in the caller's transaction; return how many are new.

    `dedup_key` names the event; without it, `<event>:<subject_id>`. Inactive accounts are left out.
    `edition_id` as `notify_many`.
    """
    key = dedup_key or f"{event}:{subject_id}"
    return await notify_many(
        event=event,
        edition_id=edition_id,
        notices=[
            Notice(account_id=account_id, title=title, body=body, href=href, dedup_key=key)
            for account_id in dict.fromkeys(account_ids)
        ],
    )


async def notify_many(
    *, event: str, notices: Sequence[Notice], edition_id: UUID | None = None
) -> int:
    """Tell each account its own thing, in the caller's transaction; return how many are new.

    Mails are worded as in an edition of the plan: that of the round, or else the one in force.
    """
    if not notices:
        return 0
    made = await repository.insert_notices(Event(event), notices)
    if event not in WITHOUT_MAIL:
        written = [row for row in made if row["email"]]
        if written:
            facts = await repository.tenant_facts(event, edition_id)
            wording = MailWording(**facts["wording"]) if facts["wording"] else None
            await _queue([_mail_of(row, facts, wording) for row in written])
    return len(made)


async def send_mails(event: LinkMail, mails: Sequence[NewMail]) -> int:
    """Queue mails with a link of the reader's own, in the caller's transaction, in one batch.

    They are in the department's words where it has set some; return how many are new.
    """
    if not mails:
        return 0
    facts = await repository.tenant_facts(event)
    wording = MailWording(**facts["wording"]) if facts["wording"] else None
    return len(await _queue([_link_mail(mail, facts["name"], wording) for mail in mails]))


def _link_mail(mail: NewMail, department: str, wording: MailWording | None) -> dict[str, Any]:
    """Write one mail with a link: it is in the mail whatever the department's words are."""
    subject, body = mail.subject, mail.body
    if wording is not None:
        known = {
            "tieu_de": subject,
            "noi_dung": mail.facts,
            "nguoi_nhan": mail.to_name,
            "ten_so": department,
            "duong_dan": mail.link,
        }
        subject = fill(wording.subject, {**known, "duong_dan": ""})  # others read subjects
        body = fill(wording.body, known)
        shown = "" if LINK in wording.body else mail.link
        body = phrases.mail_body(title="", body=body, link=shown, department=department)
    return _mail(mail.account_id, mail.dedup_key, mail.to_address, subject, body)


async def recipients(*, unit_id: UUID, roles: Iterable[str]) -> list[UUID]:
    """Return who holds one of the roles for a unit; per role, at the nearest unit upwards."""
    found = await recipients_of_units(unit_ids=[unit_id], roles=roles)
    return found[unit_id]


async def recipients_of_units(
    *, unit_ids: Iterable[UUID], roles: Iterable[str]
) -> dict[UUID, list[UUID]]:
    """Return the recipients of many units in one query; every asked unit is a key."""
    found: dict[UUID, list[UUID]] = {unit_id: [] for unit_id in unit_ids}
    for row in await repository.nearest_accounts(list(found), [str(role) for role in roles]):
        found[row["unit_id"]].append(row["account_id"])
    return found


def _mail_of(row: Record, facts: Record, wording: MailWording | None) -> dict[str, Any]:
    """Write one mail: in the department's words where it has set some, else in the platform's."""
    link = _link(facts["host"], row["href"])
    title, body = row["title"], row["body"]
    heading, shown = title, link
    if wording is not None:
        known = {
            "tieu_de": title,
            "noi_dung": body,
            "nguoi_nhan": row["display_name"],
            "ten_so": facts["name"],
            "duong_dan": link,
        }
        title, body = fill(wording.subject, known), fill(wording.body, known)
        heading, shown = "", "" if LINK in wording.body else link
    return _mail(
        row["account_id"],
        f"{row['dedup_key']}:{row['account_id']}",
        row["email"],
        title,
        phrases.mail_body(title=heading, body=body, link=shown, department=facts["name"]),
    )


def _mail(
    account_id: UUID, dedup_key: str, to_address: str, subject: str, body: str
) -> dict[str, Any]:
    mail_id = new_id()
    domain = settings().mail_from.rpartition("@")[2]
    return {
        "id": mail_id,
        "account_id": account_id,
        "dedup_key": dedup_key,
        "to_address": to_address,
        "subject": subject,
        "body": body,
        "message_id": f"<{mail_id}@{domain}>",
    }


def _link(host: str | None, href: str) -> str:
    """Return the full address of a page; hosts of the catalogue carry no port."""
    if not host or not href:
        return ""
    scheme = "https" if settings().secure_cookies else "http"
    local = host == "localhost" or host.endswith(".localhost")
    port = f":{settings().port}" if local and ":" not in host else ""
    return f"{scheme}://{host}{port}{href}"


async def _queue(mails: list[dict[str, Any]]) -> list[UUID]:
    if not mails:
        return []
    ids = await repository.insert_mails(mails)
    await enqueue_many([NewJob(SEND_MAIL, {"mail_id": str(mail_id)}) for mail_id in ids])
    return ids
