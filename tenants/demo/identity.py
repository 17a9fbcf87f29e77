"""What a demo department says of itself; plainly an example, so that nobody takes it for real."""

from __future__ import annotations

from core.accounts.schemas import SYSTEM
from core.identity import service as identity
from core.organisation import service as organisation
from core.plugin.api import ProvinceInfo

PHONE = "0000 000 000"
ADDRESS = "Địa chỉ minh họa"
OFFICER = "Người phụ trách minh họa"
SOURCE = "Theo bộ quy tắc của tỉnh"


async def introduce(info: ProvinceInfo, domain: str) -> None:
    """Fill in the identity and the first official code, as the system."""
    root = await organisation.department()
    await identity.save_identity(
        actor=SYSTEM,
        version=0,
        values={
            "name": root.name,
            "short_name": root.short_name,
            "notation": root.notation,
            "place": root.place,
            "parent_body": info.people_committee,
            "address": ADDRESS,
            "phone": PHONE,
            "email": f"vanphong@{domain}",
            "signing_kind": "",
            "signing_subject": "",
            "signing_provider": "",
            "signing_serial": "",
            "privacy_name": OFFICER,
            "privacy_phone": PHONE,
            "privacy_email": f"dulieu@{domain}",
        },
        signing_valid_to=None,
    )
    await identity.save_code(
        actor=SYSTEM,
        code_id=None,
        code=info.official_code,
        valid_from=None,
        valid_to=None,
        source=SOURCE,
        is_confirmed=info.official_code_confirmed,
    )
