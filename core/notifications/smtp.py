"""Hand one mail to the mail server, and tell what is sure from what is not."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import formatdate, parseaddr
from urllib.parse import unquote, urlsplit

import aiosmtplib

PATIENCE = 30.0
PORTS = {"smtp": 25, "smtps": 465}


class NotSentError(Exception):
    """The mail was surely not sent; `is_final` when the server will never take it."""

    def __init__(self, reason: str, *, is_final: bool = False) -> None:
        super().__init__(reason)
        self.is_final = is_final


class UnsureError(Exception):
    """The connection broke after the content went out: nobody knows."""


def message(
    *, sender: str, to_address: str, subject: str, body: str, message_id: str
) -> EmailMessage:
    """Return a plain-text mail; the same mail has the same Message-ID at every try."""
    mail = EmailMessage()
    mail["From"] = sender
    mail["To"] = to_address
    mail["Subject"] = " ".join(subject.split())
    mail["Message-ID"] = message_id
    mail["Date"] = formatdate(localtime=True)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(body)
    return mail


async def send(url: str, mail: EmailMessage) -> None:
    """Send by `smtp://user:password@host:port` (STARTTLS where offered) or `smtps://`.

    Raises:
        NotSentError: refused, or no connection.
        UnsureError: the outcome is not known.
    """
    parts = urlsplit(url)
    client = aiosmtplib.SMTP(
        hostname=parts.hostname or "localhost",
        port=parts.port or PORTS[parts.scheme],
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        use_tls=parts.scheme == "smtps",
        timeout=PATIENCE,
    )
    try:
        await client.connect()
    except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
        raise NotSentError(f"{type(error).__name__}: {error}") from error
    try:
        await client.sendmail(parseaddr(str(mail["From"]))[1], [str(mail["To"])], mail.as_bytes())
    except aiosmtplib.SMTPRecipientsRefused as error:
        refusal = error.recipients[0]
        raise NotSentError(refusal.message, is_final=refusal.code >= 500) from error
    except aiosmtplib.SMTPResponseException as error:
        raise NotSentError(error.message, is_final=error.code >= 500) from error
    except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
        raise UnsureError(f"{type(error).__name__}: {error}") from error
    finally:
        client.close()
