"""``thidua plugin``: what the installed province plugins are and what they say."""

import argparse
import sys

import msgspec

from core.plugin.content import PlanContent
from core.plugin.errors import PluginError
from core.plugin.manager import PluginManager, installed
from core.plugin.rules import Province
from core.plugin.show import as_json
from core.plugin.spec import API_VERSION


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``plugin list`` and ``plugin show`` to the program's commands."""
    parser = subparsers.add_parser("plugin", help="province plugins: list them, show one")
    commands = parser.add_subparsers(dest="plugin_command", required=True)
    listing = commands.add_parser("list", help="installed plugins and what could not be loaded")
    listing.add_argument("--json", action="store_true", help="print JSON")
    listing.set_defaults(run=lambda given: plugin_list(json=given.json))
    show = commands.add_parser("show", help="everything that one plugin says")
    show.add_argument("slug", help="name of the plugin, as `plugin list` prints it")
    show.add_argument("--json", action="store_true", help="print JSON")
    show.set_defaults(run=lambda given: plugin_show(given.slug, json=given.json))


def plugin_list(json: bool, *, manager: PluginManager | None = None) -> int:
    """Print every installed plugin; exit code 1 when one could not be loaded."""
    plugins = manager or installed()
    rows = [
        {
            "slug": plugin.slug,
            "official_code": plugin.info.official_code,
            "official_code_confirmed": plugin.info.official_code_confirmed,
            "department": plugin.info.department,
            "version": plugin.version,
            "api": {"minimum": plugin.info.api.minimum, "below": plugin.info.api.below},
            "source": plugin.info.plan.source,
            "author": plugin.info.plan.author,
        }
        for plugin in plugins.plugins.values()
    ]
    warnings = [str(warning) for warning in plugins.warnings]
    if json:
        report = {"api_version": API_VERSION, "plugins": rows, "warnings": warnings}
        print(msgspec.json.format(msgspec.json.encode(report), indent=2).decode())
    else:
        for row in rows:
            print(f"{row['slug']:<12} {row['version']:<8} {row['department']} ({row['source']})")
        for warning in warnings:
            print(f"SKIPPED: {warning}", file=sys.stderr)
    return 1 if warnings else 0


def plugin_show(slug: str, json: bool, *, manager: PluginManager | None = None) -> int:
    """Print what one plugin says; exit code 1 with the reason when it cannot answer."""
    try:
        with Province(slug, manager) as province:
            content = province.content()
    except PluginError as error:
        print(error, file=sys.stderr)
        return 1
    print(as_json(content) if json else _summary(content))
    return 0


def _summary(content: PlanContent) -> str:
    info = content.province_info
    lines = [f"{info.department} ({info.slug}, {info.official_code})", content.movement.name, ""]
    lines += [f"{row.subject_kind} {row.order}. {row.text}" for row in content.criteria]
    lines += ["", *(f"{row.text} [{row.unit}]" for row in content.indicators)]
    lines += [f"{row.report_kind}: {row.rule}" for row in content.schedule]
    lines += ["", *(f"{row.award} ({row.subject_kind})" for row in content.ladder)]
    lines += ["", *(f"? {gap}" for gap in info.stated_gaps)]
    return "\n".join(lines)
