"""What can be signed in with: the known accounts of the demo departments."""

from __future__ import annotations

from core.accounts import service as accounts
from core.accounts.schemas import SYSTEM, AccountView
from core.kit import db
from core.kit.scope import tenant_scope
from core.settings import settings
from tenants import service
from tenants.demo.cast import KNOWN, PARTS
from tenants.demo.operator import OPERATOR, OPERATOR_NAME, OPERATOR_SITE
from tenants.demo.secrets import password_of, totp_secret_of
from tenants.platform.phrases import SITE_NAME
from tenants.platform.schemas import ROLE
from tenants.schemas import TenantView


async def known_accounts() -> list[dict[str, str | None]]:
    """Return host, url, account, name, role, unit, password and TOTP secret of each account."""
    listed: list[dict[str, str | None]] = []
    for tenant in await service.list_tenants():
        if tenant.is_demo and tenant.status == "active":
            with tenant_scope(tenant.id, reason="demo accounts"):
                async with db.transaction(read_only=True):
                    found = {view.username: view for view in await _all()}
            listed += [
                _row(tenant, found[part.username]) for part in PARTS if part.username in found
            ]
    if listed:
        listed.append(_operator())
    return listed


def _operator() -> dict[str, str | None]:
    """Return the operator of the demo, whose site is the bare host."""
    host = settings().base_domain
    return {
        "host": host,
        "url": f"http://{host}:{settings().port}/",
        "account": OPERATOR,
        "name": OPERATOR_NAME,
        "role": ROLE,
        "unit": SITE_NAME,
        "password": password_of(OPERATOR_SITE, OPERATOR),
        "totp_secret": totp_secret_of(OPERATOR_SITE, OPERATOR),
    }


async def _all() -> list[AccountView]:
    views: list[AccountView] = []
    after = None
    while True:
        page = await accounts.list_accounts(actor=SYSTEM, after=after, limit=200)
        views += page.rows
        after = page.after
        if after is None:
            return views


def _row(tenant: TenantView, view: AccountView) -> dict[str, str | None]:
    part = KNOWN[view.username]
    host = f"{tenant.slug.replace('_', '-')}.{settings().base_domain}"
    grant = next((each for each in view.grants if each.role == part.role), None)
    secret = totp_secret_of(tenant.slug, view.username) if view.has_totp else None
    return {
        "host": host,
        "url": f"http://{host}:{settings().port}/",
        "account": view.username,
        "name": view.display_name,
        "role": part.role.value,
        "unit": grant.unit_name if grant else view.unit_name,
        "password": password_of(tenant.slug, view.username),
        "totp_secret": secret,
    }
