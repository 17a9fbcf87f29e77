"""A meeting by the API alone, from the roll to the end."""

from __future__ import annotations

from core.api.councils import BallotsApi, CouncilsApi
from core.kit import db
from tests.integration.councils.chamber import make_chamber
from tests.integration.councils.site import browser


async def test_a_meeting_is_held_by_the_api(app_db: db.TenantEngine) -> None:
    chamber = await make_chamber(awards=["commendation", "province_flag"], members=3)
    api = [CouncilsApi, BallotsApi]
    here = f"/meetings/{chamber.meeting_id}"
    async with browser(chamber.secretary, chamber, api) as client:
        seats = (await client.get(here)).json()["seats"]
        roll = {seat["id"]: {"presence": "present"} for seat in seats}
        assert (await client.put(f"{here}/seats", json={"seats": roll})).status_code == 200
        opened = (await client.post(f"{here}/opening")).json()
        ids = [case["id"] for case in opened["cases"]]
        running = await client.post(f"{here}/ballots/open", json={"case_ids": ids})
        assert [case["state"] for case in running.json()["cases"]] == ["open", "open"]
    answers = []
    for member in chamber.members:
        async with browser(member, chamber, api) as client:
            mine = (await client.get(f"/my-{here[1:]}")).json()
            choices = {case["id"]: "agree" for case in mine["cases"] if case["voice"] == "vote"}
            answers.append(await client.post(f"/my-{here[1:]}/votes", json={"choices": choices}))
    assert [(a.status_code, a.content) for a in answers] == [(204, b"")] * 3
    async with browser(chamber.secretary, chamber, api) as client:
        await client.post(f"{here}/ballots/close", json={"case_ids": ids})
        sealed = (await client.post(f"{here}/ballots/seal", json={"case_ids": ids})).json()
        again = await client.post(f"{here}/ballots/open", json={"case_ids": ids})
        done = await client.post(f"{here}/end", json={"discussion": "Nhất trí."})
        missing = await client.post(f"{here}/ballots/vut-di", json={"case_ids": ids})
    assert [case["result"]["counts"]["agree"] for case in sealed["cases"]] == [3, 3]
    assert (again.status_code, again.json()["code"]) == (409, "case_state")
    assert (done.json()["head"]["state"], missing.status_code) == ("closed", 404)
    assert [await chamber.state(0), await chamber.state(1)] == ["submitted", "submitted"]
