"""The plugins of this installation: what is installed, what could not be loaded, their hashes."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import msgspec

from core.plugin.manager import LoadedPlugin, installed
from core.plugin.spec import API_VERSION


class PluginView(msgspec.Struct, frozen=True):
    """An installed plugin. `digest`: SHA-256 of the names and contents of its files."""

    slug: str
    version: str
    department: str
    source: str
    api_minimum: str
    api_below: str
    files: int
    digest: str


class PluginFailure(msgspec.Struct, frozen=True):
    """A plugin that safe mode has left out, with the reason."""

    slug: str
    version: str
    reason: str


def list_plugins() -> list[PluginView]:
    """Return the plugins that fit, by slug."""
    return [_view(plugin) for _, plugin in sorted(installed().plugins.items())]


def failures() -> list[PluginFailure]:
    """Return the plugins that were left out when they were loaded."""
    return [PluginFailure(each.plugin, each.version, str(each)) for each in installed().warnings]


def version_of(slug: str) -> str:
    """Return the installed version of a plugin; '' where it is not usable."""
    plugin = installed().plugins.get(slug)
    return plugin.version if plugin else ""


def api_version() -> str:
    """Return the version of the plugin interface that this platform offers."""
    return API_VERSION


def _view(plugin: LoadedPlugin) -> PluginView:
    files, digest = files_of(plugin.reference.partition(":")[0])
    return PluginView(
        slug=plugin.slug,
        version=plugin.version,
        department=plugin.info.department,
        source=plugin.info.plan.source,
        api_minimum=plugin.info.api.minimum,
        api_below=plugin.info.api.below,
        files=files,
        digest=digest,
    )


@lru_cache(maxsize=128)
def files_of(module: str) -> tuple[int, str]:
    """Return how many files a plugin's module consists of, and their SHA-256 together.

    The hash covers, file by file in the order of their paths: path, a null byte, the SHA-256 of
    the content, a line feed. Compiled files are left out.
    """
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        return 0, ""
    origin = Path(spec.origin)
    is_package = spec.submodule_search_locations is not None
    root = origin.parent
    paths = sorted(root.rglob("*")) if is_package else [origin]
    kept = [path for path in paths if path.is_file() and "__pycache__" not in path.parts]
    whole = hashlib.sha256()
    for path in kept:
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        whole.update(f"{path.relative_to(root).as_posix()}\x00{content}\n".encode())
    return len(kept), whole.hexdigest()
