"""The command line `thidua`: up, migrate, doctor, plugin, demo, audit, tenant, operator.

A composition root.
"""

from __future__ import annotations

import argparse
import os
import sys

from core import cli_audit, cli_demo, cli_operator, cli_plugin, cli_tenant


def _up(_arguments: argparse.Namespace) -> int:
    from core.runtime.supervisor import up  # noqa: PLC0415 -- only this command starts servers

    return up()


def _doctor(arguments: argparse.Namespace) -> int:
    from core.doctor.command import run  # noqa: PLC0415 -- needs a configured installation

    return run(as_json=arguments.json)


def _migrate(_arguments: argparse.Namespace) -> int:
    from core.migrate import migrate  # noqa: PLC0415 -- Piccolo reads its configuration at import

    url = os.environ.get("DATABASE_URL", "")
    if not url:
        print("DATABASE_URL (the owner's) is not set", file=sys.stderr)
        return 2
    migrate(url)
    return 0


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    whole = argparse.ArgumentParser(prog="thidua", description=__doc__)
    commands = whole.add_subparsers(required=True, metavar="command")
    for name, function, text in (
        ("up", _up, "start everything here: servers, web, worker, demo"),
        ("migrate", _migrate, "bring the database to the newest schema (as DATABASE_URL's owner)"),
    ):
        commands.add_parser(name, help=text).set_defaults(run=function)
    doctor = commands.add_parser("doctor", help="check this installation and say what is wrong")
    doctor.add_argument("--json", action="store_true")
    doctor.set_defaults(run=_doctor)
    cli_plugin.register(commands)
    cli_demo.register(commands)
    cli_audit.register(commands)
    cli_tenant.register(commands)
    cli_operator.register(commands)
    return whole


def _use_running_servers() -> None:
    """Work on the servers of a running `thidua up` when the environment names none.

    Its home and port too: files, the secret and addresses are those of the running site, from
    whatever folder the command is called.
    """
    from core.runtime.embedded import (  # noqa: PLC0415
        PORT_FILE,
        SERVER_VARIABLES,
        default_home,
        running,
    )

    home = default_home()
    if any(map(os.environ.get, SERVER_VARIABLES)):
        return
    if urls := running(home):
        os.environ.update(urls.environment())
        os.environ.setdefault("THIDUA_HOME", str(home))
        if (port := home / PORT_FILE).exists():
            os.environ.setdefault("THIDUA_PORT", port.read_text())


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status."""
    os.environ.setdefault("PICCOLO_CONF", "core.piccolo_conf")
    chosen = parser().parse_args(arguments)
    if chosen.run is not _up:
        _use_running_servers()
    try:
        status: int = chosen.run(chosen)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except ConnectionError as error:
        print(
            f"No database answers ({error}). Start `thidua up`, or set DATABASE_URL & co.",
            file=sys.stderr,
        )
        return 2
    return status


if __name__ == "__main__":
    sys.exit(main())
