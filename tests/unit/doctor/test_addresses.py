"""The doctor's checks of what is not the database, with addresses that name nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.doctor.machine import check_valkey
from core.doctor.schemas import Addresses


@pytest.mark.parametrize("address", ["", "nonsense", "redis://127.0.0.1:1/0", "unix:///nowhere"])
async def test_a_queue_address_that_leads_nowhere_is_a_finding(address: str) -> None:
    nowhere = Path("/nowhere")
    found = await check_valkey(
        Addresses(
            owner="", app="", platform="", valkey=address, storage="",
            fonts=nowhere, assets=nowhere, home=nowhere,
        )
    )  # fmt: skip
    assert not found.ok
    assert found.detail.startswith("no answer: ")
    assert "VALKEY_URL" in found.remedy
