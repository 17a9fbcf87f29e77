"""Settings, read once from the environment into a frozen struct."""

from __future__ import annotations

import os
import secrets
from functools import lru_cache
from pathlib import Path

import msgspec


class Settings(msgspec.Struct, frozen=True):
    """Where the servers are and how this process behaves.

    Attributes:
        database_url: owner role (migrations only).
        database_app_url: application role (web and worker), under row-level security.
        database_platform_url: operator's role (tenant catalogue).
        valkey_url: Valkey or Redis, for the job queue and sign-in delays.
        storage_url: `file:///folder` or `s3://bucket/prefix`.
        anchor_url: where the heads of the audit chains are written down every day, outside the
            database; like storage_url, and the same place unless another one is named.
        smtp_url: `smtp://user:password@host:port`; empty = mails stay in the mailbox page.
        base_domain: departments are served as `<host>.<base_domain>`.
        secret: signs tokens; from THIDUA_SECRET or a file made at first start.
        clock: fixed time for tests and demos (ISO 8601 with offset); empty = the real clock.
        secure_cookies: True where the site is served over https.
        max_upload_bytes: largest single file that is taken.
        clamd_socket: path of a clamd socket; empty = files are marked "not scanned".
        pkcs11_module, pkcs11_token, pkcs11_key: library, label of the token and label of the key
            of a signing device; empty = only certificate files sign.
        signing_roots: PEM file of the authorities whose certificates are trusted; empty = chains
            are not followed, and the pages say so.
    """

    home: Path
    database_url: str
    database_app_url: str
    database_platform_url: str
    valkey_url: str
    storage_url: str
    anchor_url: str
    smtp_url: str
    mail_from: str
    base_domain: str
    port: int
    secret: str
    clock: str
    secure_cookies: bool
    pool_size: int
    render_processes: int
    max_upload_bytes: int = 25 * 1024 * 1024
    clamd_socket: str = ""
    pkcs11_module: str = ""
    pkcs11_token: str = ""
    pkcs11_key: str = ""
    signing_roots: str = ""


def _secret(home: Path) -> str:
    """Return THIDUA_SECRET, or a secret kept in a private file under `home`."""
    if value := os.environ.get("THIDUA_SECRET"):
        return value
    path = home / "secret"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(fd, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def read_settings() -> Settings:
    """Read the environment anew (tests and composition roots; others call `settings()`)."""
    env = os.environ
    home = Path(env.get("THIDUA_HOME", "var")).absolute()
    port = int(env.get("THIDUA_PORT", "8000"))
    storage_url = env.get("STORAGE_URL", f"file://{home / 'files'}")
    return Settings(
        home=home,
        database_url=env.get("DATABASE_URL", ""),
        database_app_url=env.get("DATABASE_APP_URL", ""),
        database_platform_url=env.get("DATABASE_PLATFORM_URL", ""),
        valkey_url=env.get("VALKEY_URL", ""),
        storage_url=storage_url,
        anchor_url=env.get("AUDIT_ANCHOR_URL", "") or storage_url,
        smtp_url=env.get("SMTP_URL", ""),
        mail_from=env.get("MAIL_FROM", "thidua@localhost"),
        base_domain=env.get("THIDUA_BASE_DOMAIN", "localhost"),
        port=port,
        secret=_secret(home),
        clock=env.get("THIDUA_CLOCK", ""),
        secure_cookies=env.get("THIDUA_HTTPS", "") == "1",
        pool_size=int(env.get("THIDUA_POOL_SIZE", "10")),
        render_processes=int(env.get("THIDUA_RENDER_PROCESSES", "1")),
        clamd_socket=env.get("CLAMD_SOCKET", ""),
        pkcs11_module=env.get("PKCS11_MODULE", ""),
        pkcs11_token=env.get("PKCS11_TOKEN", ""),
        pkcs11_key=env.get("PKCS11_KEY", ""),
        signing_roots=env.get("SIGNING_ROOTS", ""),
    )


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return the settings of this process (read once)."""
    return read_settings()
