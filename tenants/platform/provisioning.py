"""Making a department in one go: catalogue entry, root unit, first administrator."""

from __future__ import annotations

import re
import unicodedata
from uuid import UUID

import msgspec

from core.accounts import service as accounts
from core.accounts.invitations import invite
from core.accounts.mechanism import clean_username
from core.accounts.schemas import SYSTEM, Role, Slip
from core.errors import ConflictError, InvalidInputError
from core.kit.i18n import nfc
from core.settings import settings
from tenants import phrases as tenants_phrases
from tenants import service as tenants
from tenants.platform import phrases, plugins
from tenants.platform import repository_departments as repository
from tenants.platform.departments import clean_host, host_problem
from tenants.schemas import NewTenant, TenantView

MAX_CODE = 35
MAX_TEXT = 300
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._@-]{2,99}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class NewDepartment(msgspec.Struct, frozen=True, kw_only=True):
    """The form of a new department, as it was typed. `hosts`: one in a line."""

    name: str = ""
    short_name: str = ""
    slug: str = ""
    hosts: str = ""
    plugin_slug: str = ""
    official_code: str = ""
    notation: str = ""
    place: str = ""
    admin_name: str = ""
    admin_username: str = ""
    admin_email: str = ""


class Provisioned(msgspec.Struct, frozen=True):
    """What was made. `mailed`: the administrator was invited by mail, too."""

    tenant: TenantView
    slip: Slip
    address: str
    mailed: bool


async def provision(typed: NewDepartment) -> Provisioned:
    """Make a department with its first administrator; it is served at once.

    Either everything is made, or nothing.

    Raises:
        InvalidInputError: with one sentence at each field that must be changed; also where
            somebody took the slug or a host at this very moment.
    """
    wanted, fields = await _checked(typed)
    if fields:
        raise InvalidInputError(fields=fields)
    address = address_of(wanted.hosts[0])

    async def first_administrator(tenant_id: UUID) -> tuple[Slip, bool]:
        slip = await accounts.create_account(
            actor=SYSTEM,
            username=typed.admin_username,
            display_name=typed.admin_name,
            email=typed.admin_email,
            unit_id=tenant_id,
            roles=[(Role.TENANT_ADMIN, tenant_id)],
        )
        return slip, await _invite(slip, wanted.name, address)

    try:
        tenant, (slip, mailed) = await tenants.provision_with(wanted, first_administrator)
    except ConflictError as error:
        field = "slug" if error.code == "slug_taken" else "hosts"
        raise InvalidInputError(fields={field: error.detail}) from error
    await repository.open_version(
        tenant.plugin_slug, plugins.version_of(tenant.plugin_slug), tenant.id
    )
    return Provisioned(tenant, slip, address, mailed)


async def _invite(slip: Slip, department: str, address: str) -> bool:
    """Invite the administrator by mail, where a mail server and an address are known."""
    if not settings().smtp_url or not slip.account.email:
        return False
    sent = await invite(
        actor=SYSTEM,
        account_ids=[slip.account.id],
        site=address.rstrip("/"),
        department=department,
    )
    return sent.sent == 1


def address_of(host: str) -> str:
    """Return the address of a department's site under one of its hosts."""
    scheme = "https" if settings().secure_cookies else "http"
    local = host == "localhost" or host.endswith(".localhost")
    return f"{scheme}://{host}{f':{settings().port}' if local else ''}/"


async def _checked(typed: NewDepartment) -> tuple[NewTenant, dict[str, str]]:
    """Return what is wanted and what is wrong with it, by field."""
    hosts = tuple(dict.fromkeys(clean_host(line) for line in re.split(r"[\s,;]+", typed.hosts)))
    wanted = NewTenant(
        slug=typed.slug.strip().lower(),
        name=_one_line(typed.name),
        short_name=_one_line(typed.short_name),
        hosts=tuple(host for host in hosts if host),
        plugin_slug=typed.plugin_slug,
        official_code=typed.official_code.strip(),
        notation=_one_line(typed.notation) or "SYT",
        place=_one_line(typed.place),
    )
    fields = _plain_problems(wanted, typed)
    if "slug" not in fields and await repository.slug_is_taken(wanted.slug):
        fields["slug"] = phrases.SLUG_TAKEN.format(slug=wanted.slug)
    for host in wanted.hosts:
        if problem := await host_problem(host):
            fields["hosts"] = problem
            break
    return wanted, fields


def _plain_problems(wanted: NewTenant, typed: NewDepartment) -> dict[str, str]:
    """Return what can be told without asking the database."""
    email = typed.admin_email.strip()
    checks = {
        "name": (wanted.name, phrases.NO_FULL_NAME),
        "short_name": (wanted.short_name, phrases.NO_SHORT_NAME),
        "slug": (tenants.SLUG.fullmatch(wanted.slug), tenants_phrases.SLUG_RULE),
        "hosts": (wanted.hosts, tenants_phrases.NO_HOST),
        "plugin_slug": (plugins.version_of(wanted.plugin_slug), phrases.UNKNOWN_PLUGIN),
        "official_code": (len(wanted.official_code) <= MAX_CODE, phrases.LONG_CODE),
        "admin_name": (_one_line(typed.admin_name), phrases.NO_ADMIN_NAME),
        "admin_username": (
            _USERNAME.fullmatch(clean_username(typed.admin_username)),
            phrases.BAD_USERNAME,
        ),
        "admin_email": (not email or _EMAIL.fullmatch(email), phrases.BAD_EMAIL),
    }
    return {name: sentence for name, (good, sentence) in checks.items() if not good}


def _one_line(text: str) -> str:
    visible = "".join(c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    return nfc(" ".join(visible.split()))[:MAX_TEXT]
