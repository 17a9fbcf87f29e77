"""`make bench`: figures as a table, and as JSON in `var/bench/`.

`ARGS="--only requests"` measures one part (requests, paper, certificates, startup); `--quick`
measures less.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench import certificates, paper, startup
from tests.bench import requests as web_requests

PARTS = ("requests", "paper", "certificates", "startup")
NAMES = {"my_work": "Việc của tôi", "list": "list of 700 units", "draft": "save draft",
         "submit": "submit"}  # fmt: skip


def machine() -> dict[str, Any]:
    """Describe where this was measured."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "load_average": os.getloadavg()[0],
        "system": platform.platform(),
        "python": platform.python_version(),
    }


def _print_requests(figures: dict[str, Any]) -> None:
    print(f"\n{'':20}{'CPU ms':>8}{'floor':>8}{'ratio':>7}{'req/s':>8}{'floor':>8}{'median ms':>11}"
          f"{'queries':>9}{'KB':>7}")  # fmt: skip
    for name, row in figures.items():
        mine, floor = row["web"], row["floor"]
        print(f"{NAMES[name]:20}{mine['cpu_ms']:8.2f}{floor['cpu_ms']:8.2f}{row['ratio']:7.2f}"
              f"{mine['per_second']:8.0f}{floor['per_second']:8.0f}{mine['median_ms']:11.1f}"
              f"{row['queries']:9}{mine['bytes'] / 1024:7.1f}")  # fmt: skip


def _print_memory(figures: dict[str, Any]) -> None:
    print(f"\n{'PSS in MB':20}{'web':>10}{'worker':>10}{'database':>10}")
    count = figures["requests"]
    for name, words in (("at_rest", "at rest"), ("after_half", f"after {count // 2}"),
                        ("after_all", f"after {count}")):  # fmt: skip
        row = figures[name]
        print(f"{words:20}{row['web']:10.1f}{row['worker']:10.1f}{row['database']:10.1f}")
    print(f"growth of web between the halves: {figures['web_growth_percent']:.1f} %")


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="make bench ARGS=…")
    parser.add_argument("--only", choices=PARTS)
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    parts = [given.only] if given.only else list(PARTS)
    result: dict[str, Any] = {"machine": machine()}
    if "requests" in parts:
        sizes = (700, 60, 300, 600) if given.quick else (700, 418, 2_000, 10_000)
        result |= web_requests.measure(*sizes)
        _print_requests(result["requests"])
        _print_memory(result["memory_mb"])
    if "paper" in parts:
        result["paper"] = found = paper.measure()
        print(f"\nPDF: {found['pages']:.0f} pages in {found['seconds']:.1f} s, "
              f"{found['seconds_per_page']:.3f} s for each page")  # fmt: skip
    if "certificates" in parts:
        result["certificates"] = certificates.measure(100 if given.quick else 500)
        certificates.show(result["certificates"])
    if "startup" in parts:
        result["startup"] = startup.measure()
        for name, seconds in result["startup"].items():
            print(f"{name:20}{seconds:8.2f}")
    folder = Path(__file__).parents[2] / "var" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{datetime.now(UTC):%Y%m%d-%H%M%S}.json"
    file.write_text(json.dumps(result, indent=2, ensure_ascii=False))
    print(f"\nWritten to {file.relative_to(Path.cwd())}")


if __name__ == "__main__":
    main()
