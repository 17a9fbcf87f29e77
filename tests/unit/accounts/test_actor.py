"""A role granted at a unit holds for its subtree and nowhere else."""

from uuid import UUID

import pytest
from litestar.connection import ASGIConnection

from core.accounts import guards
from core.accounts.schemas import SYSTEM, Actor, Grant
from core.errors import PermissionDeniedError, SignInRequiredError

UNIT = UUID(int=7)
ROOT, HOSPITAL, WARD, SISTER = "/1/", "/1/2/", "/1/2/3/", "/1/20/"


def actor(*grants: tuple[str, str]) -> Actor:
    return Actor(
        account_id=UUID(int=1),
        tenant_id=UUID(int=2),
        display_name="Nguyễn Văn A",
        unit_id=UNIT,
        unit_name="Bệnh viện",
        roles=tuple(Grant(role, UNIT, path) for role, path in grants),
        unit_path=HOSPITAL,
    )


@pytest.mark.parametrize(
    ("path", "allowed"), [(ROOT, False), (HOSPITAL, True), (WARD, True), (SISTER, False)]
)
def test_a_grant_holds_downwards_only(path: str, allowed: bool) -> None:
    person = actor(("unit_head", HOSPITAL))
    assert person.can("unit_head", path) is allowed
    assert person.can(("unit_clerk", "unit_head"), path) is allowed
    assert not person.can("unit_clerk", path)


def test_require_refuses() -> None:
    actor(("officer", ROOT)).require("officer", SISTER)
    with pytest.raises(PermissionDeniedError):
        actor(("officer", HOSPITAL)).require("officer", SISTER)


def test_an_empty_list_of_roles_is_for_the_system_only() -> None:
    assert SYSTEM.can((), ROOT)
    assert not actor(("tenant_admin", ROOT)).can((), ROOT)


def test_paths_and_has() -> None:
    person = actor(("unit_head", HOSPITAL), ("officer", ROOT))
    assert person.paths("unit_head") == [HOSPITAL]
    assert person.has({"officer", "auditor"})
    assert not person.has("auditor")


def test_nobody_behind_a_request_is_told_to_sign_in() -> None:
    connection = ASGIConnection({"type": "http", "state": {}})  # type: ignore[arg-type]
    with pytest.raises(SignInRequiredError) as raised:
        guards.actor_of(connection)
    assert raised.value.extra == {"location": "/dang-nhap"}
