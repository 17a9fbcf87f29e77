"""ADR 9: nothing that is stored or logged joins a voter with a vote."""

from __future__ import annotations

import itertools
import json
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from core.councils import box
from core.errors import ConflictError
from core.kit import db
from core.law.votes import Choice, Counts
from tests.integration.councils.chamber import Chamber, make_chamber

FLAG = "province_flag"


Root = asyncpg.Connection


async def stored(root: Root, case_id: UUID) -> dict[str, Any]:
    rows = await root.fetch(
        "SELECT xmin::text, ctid::text, * FROM ballot_box WHERE case_id = $1", case_id
    )
    assert len(rows) == 1
    return dict(rows[0])


async def after(
    root: Root, order: list[int], choices: dict[int, str]
) -> tuple[Chamber, UUID, list[dict[str, Any]]]:
    """Hold a ballot in an order of voters; return every version of the box that was visible."""
    chamber = await make_chamber(awards=[FLAG], members=5)
    await chamber.begin()
    [case_id] = await chamber.open()
    versions = [await stored(root, case_id)]
    for member in order:
        await chamber.cast(member, choices[member], case_id)
        versions.append(await stored(root, case_id))
    return chamber, case_id, versions


CHOICES = {0: "agree", 1: "agree", 2: "disagree", 3: "abstain", 4: "agree"}


async def test_a_box_is_one_row_without_time_that_shows_only_who_has_voted_by_now(
    app_db: db.TenantEngine, superuser: Root
) -> None:
    _, _, versions = await after(superuser, [3, 1, 4, 0, 2], CHOICES)
    assert set(versions[-1]) == {"xmin", "ctid", "tenant_id", "id", "case_id", "turnout", "content"}
    assert [len(json.loads(v["turnout"])["electronic"]) for v in versions] == [0, 1, 2, 3, 4, 5]
    for version in versions:
        seats = json.loads(version["turnout"])["electronic"]
        assert seats == sorted(seats)


async def test_the_content_changes_wholly_and_keeps_its_length_whatever_is_voted(
    app_db: db.TenantEngine, superuser: Root
) -> None:
    _, _, versions = await after(superuser, [0, 1, 2, 3, 4], dict.fromkeys(range(5), "agree"))
    contents = [version["content"] for version in versions]
    assert len(set(contents)) == 6
    assert len({len(content) for content in contents}) == 1
    for one, two in itertools.combinations(contents, 2):
        assert sum(a == b for a, b in zip(one, two, strict=True)) < len(one) // 2


async def test_the_trail_has_no_word_of_a_box_and_none_of_a_vote(
    app_db: db.TenantEngine, superuser: Root
) -> None:
    chamber, case_id, _ = await after(superuser, [0, 1, 2, 3, 4], CHOICES)
    rows = await superuser.fetch(
        "SELECT table_name, row_to_json(e)::text AS text FROM audit_event AS e"
        " WHERE tenant_id = $1",
        chamber.house.tenant_id,
    )
    assert {row["table_name"] for row in rows} & {"ballot_box", "named_vote"} == set()
    opened = [row for row in rows if str(case_id) in row["text"]]
    assert {row["table_name"] for row in opened} <= {"meeting_case", "case_conflict"}
    assert not any('"disagree"' in row["text"] or '"abstain"' in row["text"] for row in rows)


async def test_no_other_table_is_written_by_a_vote(
    app_db: db.TenantEngine, superuser: Root
) -> None:
    chamber = await make_chamber(awards=[FLAG], members=5)
    await chamber.begin()
    [case_id] = await chamber.open()
    before = await _written(superuser, chamber)
    await chamber.cast(2, "agree", case_id)
    assert {
        name for name, xid in (await _written(superuser, chamber)).items() if before[name] != xid
    } == {"ballot_box"}


async def _written(superuser: Root, chamber: Chamber) -> dict[str, list[str]]:
    """Return the transaction marks of all rows of the department, table by table."""
    tables = await superuser.fetch(
        "SELECT c.relname::text AS name FROM pg_class AS c JOIN pg_attribute AS a"
        " ON a.attrelid = c.oid AND a.attname = 'tenant_id' WHERE c.relkind IN ('r', 'p')"
        " AND c.relnamespace = 'public'::regnamespace"
    )
    found = {}
    for table in tables:
        rows = await superuser.fetch(
            f'SELECT xmin::text AS x FROM "{table["name"]}" WHERE tenant_id = $1',
            chamber.house.tenant_id,
        )
        found[table["name"]] = sorted(row["x"] for row in rows)
    return found


async def test_sealing_empties_the_box_and_only_totals_stay(
    app_db: db.TenantEngine, superuser: Root
) -> None:
    chamber, case_id, _ = await after(superuser, [4, 3, 2, 1, 0], CHOICES)
    await chamber.close(case_id)
    await chamber.seal(case_id)
    assert (await stored(superuser, case_id))["content"] == ""
    [case] = (await chamber.view()).cases
    assert case.result
    assert case.result.counts == Counts(agree=3, disagree=1, abstain=1)
    assert (await chamber.view()).votes == ()


async def test_an_older_content_under_a_newer_turnout_does_not_open(
    app_db: db.TenantEngine, superuser: Root
) -> None:
    chamber, case_id, versions = await after(superuser, [0, 1, 2, 3, 4], CHOICES)
    await superuser.fetch(
        "UPDATE ballot_box SET content = $2 WHERE case_id = $1 RETURNING id",
        case_id, versions[3]["content"],
    )  # fmt: skip
    await chamber.close(case_id)
    with pytest.raises(ConflictError) as caught:
        await chamber.seal(case_id)
    assert caught.value.code == "box_broken"


def test_a_box_opens_only_for_its_case_and_its_turnout() -> None:
    case_id, other, seat = uuid4(), uuid4(), uuid4()
    start = box.Turnout()
    content = box.put(case_id, start, box.empty(case_id), seat, Choice.DISAGREE)
    assert content
    turnout = start.voted(seat)
    assert box.opened(case_id, turnout, content) == Counts(disagree=1)
    assert box.opened(other, turnout, content) is None
    assert box.opened(case_id, start, content) is None
    assert box.opened(case_id, turnout, content[:-8] + "AAAAAAA=") is None
    assert box.put(other, turnout, content, seat, Choice.AGREE) is None
