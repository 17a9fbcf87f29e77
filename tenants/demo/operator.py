"""The demo's operator of the platform: one account of the console, with its authenticator."""

from __future__ import annotations

from core.kit import db
from core.kit.scope import unscoped
from tenants.demo.secrets import password_of, totp_secret_of
from tenants.platform.operators import create_demo_operator

OPERATOR = "vanhanh"
OPERATOR_NAME = "Trần Minh Vận"
OPERATOR_SITE = "console"


async def make_operator() -> bool:
    """Make the demo's operator; False if it is there already."""
    with db.as_platform(), unscoped(reason="dữ liệu minh họa"):
        async with db.transaction():
            return await create_demo_operator(
                OPERATOR,
                OPERATOR_NAME,
                password=password_of(OPERATOR_SITE, OPERATOR),
                totp_secret=totp_secret_of(OPERATOR_SITE, OPERATOR),
            )
