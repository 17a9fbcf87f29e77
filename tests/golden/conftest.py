"""The content of the five plugins, asked for once."""

import pytest

from core.plugin.api import PlanContent
from core.plugin.manager import PluginManager
from core.plugin.rules import Province
from tests.golden.normalise import FILES


@pytest.fixture(scope="session")
def contents() -> dict[str, PlanContent]:
    """Content by slug, through the façade and its helper process."""
    manager = PluginManager(strict=True)
    manager.load()
    found = {}
    for slug in FILES:
        with Province(slug, manager) as province:
            found[slug] = province.content()
    return found


@pytest.fixture(params=sorted(FILES))
def slug(request: pytest.FixtureRequest) -> str:
    """Each of the five in turn."""
    return str(request.param)


@pytest.fixture
def content(contents: dict[str, PlanContent], slug: str) -> PlanContent:
    """Content of one plugin."""
    return contents[slug]
