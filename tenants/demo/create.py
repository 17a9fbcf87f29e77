"""Making the demo: one department for each installed plugin that brings a demo tree."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from uuid import UUID

from core.accounts.schemas import SYSTEM
from core.organisation import service as organisation
from core.organisation.profiles import write_profiles
from core.organisation.schemas import NewPerson, NewUnit, PersonView, UnitView
from core.plugin.api import DemoTree, ProvinceInfo
from core.plugin.manager import installed
from core.plugin.rules import Province
from core.settings import settings
from tenants import removal, service
from tenants.demo import awards, history
from tenants.demo.blocks import make_blocks
from tenants.demo.cast import make_cast
from tenants.demo.council import council
from tenants.demo.history import Setting
from tenants.demo.identity import introduce
from tenants.demo.law import confirm_law
from tenants.demo.operator import make_operator
from tenants.demo.profiles import profile_of
from tenants.demo.timeline import Step, act, day
from tenants.schemas import NewTenant, TenantView

Say = Callable[[str], None]
LEGAL_PERSONS = ("hospital", "center")
FOUNDED = day(2025, 8, 15, 8)


async def create_all(say: Say) -> int:
    """Make every demo department that is not there yet; return how many were made.

    A department is served only when its history is complete; one that was interrupted is removed
    and made anew.
    """
    existing = {tenant.slug: tenant for tenant in await service.list_tenants()}
    unfinished = [
        tenant.slug
        for tenant in existing.values()
        if tenant.is_demo and tenant.status == "preparing"
    ]
    if unfinished:
        await removal.remove_demo(settings().database_url, only=unfinished)
        existing = {slug: tenant for slug, tenant in existing.items() if slug not in unfinished}
    wanted = [slug for slug in installed().plugins if slug not in existing]
    began = time.monotonic()
    made = await asyncio.gather(*(_create(slug, say) for slug in wanted))
    await make_operator()
    if any(made):
        say(f"{sum(made)} departments in {time.monotonic() - began:.1f} s")
    return sum(made)


async def _create(plugin_slug: str, say: Say) -> bool:
    info, tree = await asyncio.to_thread(_read_plugin, plugin_slug)
    if not tree.units:
        say(f"{plugin_slug}: the plugin brings no demo tree")
        return False
    tenant = await service.provision(_tenant(info), activate=False)
    say(f"{info.department}: {len(tree.units)} units")
    setting = await _populate(tenant, tree, info)
    say(f"{info.department}: {len(setting.cast.of_unit)} writing units have their accounts")
    await history.publish_plan(setting)
    await history.last_year(setting)
    say(f"{info.department}: last year is told")
    await history.this_year(setting)
    await history.on_request(setting)
    await confirm_law(setting.tenant_id, setting.cast)
    await awards.award_round(setting.tenant_id, setting.cast, setting.places)
    await council(setting.tenant_id, setting.cast)
    await service.resume(tenant.id)
    say(f"{info.department}: ready")
    return True


def _read_plugin(slug: str) -> tuple[ProvinceInfo, DemoTree]:
    with Province(slug) as province:
        return province.plugin.info, province.demo()


def _tenant(info: ProvinceInfo) -> NewTenant:
    host = info.slug.replace("_", "-")
    return NewTenant(
        slug=info.slug,
        name=info.department,
        short_name=f"Sở Y tế {info.name}",
        hosts=(f"{host}.{settings().base_domain}",),
        plugin_slug=info.slug,
        official_code=info.official_code,
        place=info.place,
        is_demo=True,
    )


async def _populate(tenant: TenantView, tree: DemoTree, info: ProvinceInfo) -> Setting:
    """Make units, people and accounts."""

    async def run() -> Setting:
        units = await organisation.add_units(_units(tree), actor=SYSTEM, is_demo=True)
        by_code = {unit.code: unit for unit in units}
        people = await _people(tree, by_code, tenant.id)
        root = await organisation.department()
        places = {"root": root, **_places(tree, by_code)}
        owing = [unit for unit in units if unit.owes_reports and _writes(unit, places)]
        domain = f"{tenant.slug.replace('_', '-')}.{settings().base_domain}"
        await introduce(info, domain)
        await make_blocks(units, (FOUNDED.year, FOUNDED.year + 1))
        cast = await make_cast(tenant.slug, places, owing, people, domain)
        return Setting(tenant.id, cast, places, owing)

    setting: Setting = await act(tenant.id, Step(FOUNDED, SYSTEM, run))
    return setting


def _units(tree: DemoTree) -> list[NewUnit]:
    return [
        NewUnit(
            code=unit.code,
            name=unit.name,
            kind=unit.kind.value,
            level="unit" if unit.parent is None else "subunit",
            parent_code=unit.parent or "",
            owes_reports=unit.reports,
            has_legal_personality=unit.parent is None and unit.kind.value in LEGAL_PERSONS,
        )
        for unit in tree.units
    ]


async def _people(tree: DemoTree, units: dict[str, UnitView], root_id: UUID) -> list[PersonView]:
    new = [
        NewPerson(
            full_name=person.name,
            job_title=person.title,
            unit_id=units[person.unit].id if person.unit else root_id,
        )
        for person in tree.people
    ]
    people = await organisation.add_people(new, actor=SYSTEM, is_demo=True)
    await write_profiles({person.id: profile_of(person) for person in people})
    return people


def _places(tree: DemoTree, units: dict[str, UnitView]) -> dict[str, UnitView]:
    """Return the units at which the known accounts stand; what a tree lacks is left out."""
    author = next((unit.code for unit in tree.units if unit.wrote_plan), None)
    staffed = {person.unit for person in tree.people}
    hospitals = [unit.code for unit in tree.units if unit.kind == "hospital" and unit.reports]
    hospitals.sort(key=lambda code: code not in staffed)
    home = author or next((unit.parent for unit in tree.units if unit.kind == "subunit"), None)
    stations = [unit for unit in tree.units if unit.kind == "commune_station"]
    stations.sort(key=lambda unit: (unit.parent != author, unit.code not in staffed))
    subunits = [unit for unit in tree.units if unit.kind == "subunit" and unit.parent == home]
    subunits.sort(key=lambda unit: (not unit.name.startswith("Khoa"), unit.code not in staffed))
    found = {
        "author": author,
        "hospital": next((code for code in hospitals if code != author), None),
        "station": stations[0].code if stations else None,
        "subunit": subunits[0].code if subunits else None,
    }
    return {place: units[code] for place, code in found.items() if code}


def _writes(unit: UnitView, places: dict[str, UnitView]) -> bool:
    """Tell whether a unit ever owes a report: all units, and the subunits of the plan's author."""
    author = places.get("author")
    return unit.level == "unit" or (author is not None and unit.path.startswith(author.path))
