"""Send queued mails. A mail goes out at most once, whatever is retried or killed.

Three steps: `sending` is committed, the mail goes to the server, `sent` is committed together
with the mark of the job. A retry that finds `sending` was killed in between: nobody knows whether
the server has the mail, so it becomes `unknown` and is not sent again; the notice in the
application is there in any case.
"""

from __future__ import annotations

from uuid import UUID

from core.jobs.schemas import Job, JobHandler
from core.jobs.service import finish
from core.kit import db
from core.notifications import repository, smtp
from core.notifications.service import SEND_MAIL
from core.settings import settings


async def send_mail(job: Job) -> None:
    """Send the mail of `mail_id`, or keep it for the mailbox page when no SMTP is set."""
    mail_id = UUID(job.arguments["mail_id"])
    claimed = await _claim(job, mail_id)
    if claimed is None:
        return
    mail = smtp.message(sender=settings().mail_from, **claimed)
    try:
        await smtp.send(settings().smtp_url, mail)
    except smtp.UnsureError as error:
        await _end(job, mail_id, "unknown", str(error))
    except smtp.NotSentError as error:
        if error.is_final:
            await _end(job, mail_id, "failed", str(error))
            return
        async with db.transaction():
            await repository.set_mail_state(mail_id, "queued", str(error))
        raise
    else:
        await _end(job, mail_id, "sent")


async def _claim(job: Job, mail_id: UUID) -> dict[str, str] | None:
    """Take the mail for sending; None when there is nothing to send (the job is then done)."""
    async with db.transaction():
        mail = await repository.lock_mail(mail_id)
        if mail is not None and mail["state"] == "queued" and settings().smtp_url:
            await repository.set_mail_state(mail_id, "sending")
            return {name: mail[name] for name in ("to_address", "subject", "body", "message_id")}
        if mail is not None and mail["state"] == "queued":
            await repository.set_mail_state(mail_id, "kept")
        elif mail is not None and mail["state"] == "sending":
            await repository.set_mail_state(mail_id, "unknown", "interrupted while sending")
        await finish(job)
        return None


async def _end(job: Job, mail_id: UUID, state: str, error: str = "") -> None:
    async with db.transaction():
        await repository.set_mail_state(mail_id, state, error)
        await finish(job)


async def mail_failed(job: Job, message: str) -> None:
    """Show in the mailbox that the mail was given up."""
    await repository.set_mail_state(UUID(job.arguments["mail_id"]), "failed", message)


HANDLERS = [
    JobHandler(SEND_MAIL, send_mail, own_transactions=True, max_attempts=10, on_failure=mail_failed)
]
