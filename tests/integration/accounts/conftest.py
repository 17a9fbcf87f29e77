"""A department with an administrator of the whole and one of a unit."""

from __future__ import annotations

from uuid import UUID

import pytest

from core.accounts.schemas import Actor
from core.kit import db
from tests.factories import make_tenant, make_unit
from tests.integration.accounts.helpers import add, view


class Place:
    """A department with two hospitals, and an administrator of all and of one of them."""

    tenant: UUID
    hospital: UUID
    sister: UUID
    chief: Actor
    local: Actor


@pytest.fixture
async def place(app_db: db.TenantEngine) -> Place:
    here = Place()
    here.tenant = await make_tenant()
    here.hospital = await make_unit(here.tenant, name="Bệnh viện A", parent_id=here.tenant)
    here.sister = await make_unit(here.tenant, name="Bệnh viện B", parent_id=here.tenant)
    await add(here.tenant, "quantri", "tenant_admin")
    await add(here.tenant, "quantri-a", "tenant_admin", unit_id=here.hospital)
    here.chief = (await view(here.tenant, "quantri")).actor
    here.local = (await view(here.tenant, "quantri-a")).actor
    return here
