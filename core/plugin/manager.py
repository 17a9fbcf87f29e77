"""Loading of province plugins: entry points in, checked plugins or visible warnings out."""

from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from typing import NamedTuple, cast

import msgspec
import pluggy

from core.plugin import defaults, spec
from core.plugin.contract import checked, parse_version
from core.plugin.errors import PluginError
from core.plugin.guard import call_within
from core.plugin.plan import ApiRange, ContentRequest, ProvinceInfo

GROUP = "thidua.province"
DEFAULTS = "thidua-defaults"
LOAD_SECONDS = 8.0


class LoadedPlugin(NamedTuple):
    """A plugin that fits: its slug, version, import reference and what it says of itself."""

    slug: str
    version: str
    reference: str
    info: ProvinceInfo


class PluginManager:
    """All plugins of one installation.

    In strict mode a plugin that does not fit raises; in safe mode it is skipped and stands
    in ``warnings``, and the others go on.
    """

    def __init__(self, *, strict: bool = False, load_seconds: float = LOAD_SECONDS) -> None:
        self.strict = strict
        self.load_seconds = load_seconds
        self.plugins: dict[str, LoadedPlugin] = {}
        self.warnings: list[PluginError] = []
        self._pluggy = _fresh()

    def load(self, points: Iterable[EntryPoint] | None = None) -> None:
        """Take in every entry point of the group, in the order of their names."""
        found = entry_points(group=GROUP) if points is None else points
        for point in sorted(found, key=lambda each: each.name):
            version = point.dist.version if point.dist else "0"
            try:
                self.add(point.name, version, point.value)
            except PluginError as error:
                if self.strict:
                    raise
                self.warnings.append(error)

    def add(self, slug: str, version: str, reference: str) -> LoadedPlugin:
        """Import one plugin, check it and register it; raises PluginError, whatever the mode."""
        if slug in self.plugins:
            raise PluginError(slug, version, "load", "two plugins have this slug")
        try:
            info = call_within(lambda: self._check(slug, reference), self.load_seconds)
        except PluginError:
            raise
        except Exception as error:
            raise PluginError(slug, version, "load", _describe(error)) from error
        _require_api(info.api, slug, version)
        if info.slug != slug:
            raise PluginError(slug, version, "province_info", f"says slug {info.slug!r}")
        self._pluggy.register(import_reference(reference), name=slug)
        self.plugins[slug] = LoadedPlugin(slug, version, reference, info)
        return self.plugins[slug]

    def get(self, slug: str) -> LoadedPlugin:
        """Return one plugin; raises PluginError with the reason why it is not there."""
        if slug in self.plugins:
            return self.plugins[slug]
        for warning in self.warnings:
            if warning.plugin == slug:
                raise warning
        raise PluginError(slug, "0", "load", "no such plugin is installed")

    def caller(self, slug: str, hook: str) -> pluggy.HookCaller:
        """Caller of one hook that sees this plugin and the platform's defaults only."""
        others = [
            plugin
            for name, plugin in self._pluggy.list_name_plugin()
            if name not in (slug, DEFAULTS)
        ]
        return self._pluggy.subset_hook_caller(hook, remove_plugins=others)

    def _check(self, slug: str, reference: str) -> ProvinceInfo:
        plugin = import_reference(reference)
        probe = _fresh()
        probe.register(plugin, name=slug)
        probe.check_pending()
        answer = probe.hook.province_info(request=ContentRequest())
        return cast("ProvinceInfo", checked("province_info", answer))


def _fresh() -> pluggy.PluginManager:
    manager = pluggy.PluginManager(spec.PROJECT)
    manager.add_hookspecs(spec)
    manager.register(defaults, name=DEFAULTS)
    return manager


def import_reference(reference: str) -> object:
    """Import what an entry point's value names ("package.module" or "package.module:attribute")."""
    return cast("object", EntryPoint(name="plugin", value=reference, group=GROUP).load())


def _require_api(api: ApiRange, slug: str, version: str) -> None:
    try:
        fits = parse_version(api.minimum) <= parse_version(spec.API_VERSION)
        fits = fits and parse_version(spec.API_VERSION) < parse_version(api.below)
    except ValueError as error:
        raise PluginError(slug, version, "province_info", "unreadable API range") from error
    if not fits:
        reason = f"needs API >= {api.minimum}, < {api.below}; this is {spec.API_VERSION}"
        raise PluginError(slug, version, "load", reason)


def _describe(error: Exception) -> str:
    kind = "junk answer" if isinstance(error, msgspec.MsgspecError) else type(error).__name__
    return f"{kind}: {error}"


def province_name(slug: str) -> str:
    """Return the name of a plugin's province, for people; '' where it is not installed."""
    loaded = installed().plugins.get(slug)
    return loaded.info.name if loaded else ""


@lru_cache(maxsize=1)
def installed() -> PluginManager:
    """Plugins of this installation in safe mode, loaded once per process."""
    manager = PluginManager()
    manager.load()
    return manager
