"""Certificates: ours beside one HTML page after another, and Typst as the floor.

Each way runs in a process of its own: seconds for the certificates alone (imports and fonts are
warmed with one), processor time (what the ratio compares), and the peak of the process's memory.
The same words everywhere; the HTML page and Typst draw a simple border.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from html import escape
from math import pi, sin
from typing import Any

from core.documents.render.certificate_model import Certificate, Job, Sheet
from core.documents.render.certificate_pdf import print_certificates
from core.documents.render.fonts import FONTS_DIR
from core.documents.render.template_versions import DECREE_30

SHEET = Sheet(template="giay-khen-2025-07", width=297, height=210)
PORTION = 50
WAYS = ("one file", "many files", "HTML, one by one", "Typst, one file")


def words(number: int) -> Certificate:
    """Return the words of one certificate."""
    return Certificate(
        id=str(number), position="Giám đốc Sở Y tế tỉnh Bình Minh",
        name=f"Nguyễn Thị Hồng Ánh {number}",
        detail="Điều dưỡng trưởng, Bệnh viện Đa khoa tỉnh",
        achievement="Đã có thành tích xuất sắc trong phong trào thi đua năm 2026",
        decision="Số quyết định: 123/QĐ-SYT, ngày 20 tháng 11 năm 2026",
        gold_book=f"Số sổ vàng: {number:02d}", place_date="Bình Minh, ngày 20 tháng 11 năm 2026",
        signer_position=("Giám đốc",), signer_name="Trần Văn Bình",
    )  # fmt: skip


def one_file(count: int) -> int:
    """Print all into one file."""
    job = Job(SHEET, tuple(words(n) for n in range(count)))
    return len(print_certificates(job, one_file=True).files[0])


def many_files(count: int) -> int:
    """Print each into a file of its own, in portions as the job does."""
    size = 0
    for start in range(0, count, PORTION):
        part = tuple(words(n) for n in range(start, min(count, start + PORTION)))
        size += sum(map(len, print_certificates(Job(SHEET, part), one_file=False).files))
    return size


def _wave(length: float, turn: int) -> str:
    points = (f"{length * i / 200:.2f},{4 + turn * 3 * sin(2 * pi * 25 * i / 200):.2f}"
              for i in range(201))  # fmt: skip
    return f'<polyline points="{" ".join(points)}" fill="none" stroke="#b88d3b" stroke-width=".3"/>'


def _html(c: Certificate) -> str:
    waves = _wave(270, 1) + _wave(270, -1)
    band = f'<svg viewBox="0 0 270 8" width="270mm" height="8mm">{waves}</svg>'
    lines = (("b", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("b", "Độc lập - Tự do - Hạnh phúc"),
             ("r", c.position.upper()), ("b", "TẶNG"), ("a", "GIẤY KHEN"), ("n", c.name),
             ("p", c.detail), ("p", c.achievement), ("i", c.decision), ("i", c.gold_book),
             ("i", c.place_date), ("b", c.signer_position[0].upper()),
             ("b", c.signer_name))  # fmt: skip
    body = "".join(f'<div class="{kind}">{escape(text)}</div>' for kind, text in lines)
    return (
        "<style>@page{size:297mm 210mm;margin:12mm}body{font-family:'Tinos Times';"
        "text-align:center;font-size:15pt;border:1mm solid #8b601f;height:184mm}"
        ".b{font-weight:bold}.r{font-weight:bold;color:#c81016}.a{font:bold 46pt 'Tinos Times';"
        "color:#c81016}.n{font:bold 26pt 'Tinos Times'}.i{font-weight:bold;font-style:italic}"
        f"</style>{band}{body}{band}"
    )


def html(count: int) -> int:
    """Lay each out as an HTML page with the papers' own engine (fonts are set up once)."""
    from core.documents.render import engine

    return sum(len(engine.html_to_pdf(_html(words(n)), DECREE_30)) for n in range(count))


_TYPST = """
#set page(width: 297mm, height: 210mm, margin: 20mm)
#set text(font: "Tinos", size: 15pt, lang: "vi")
#set align(center)
#for c in json(bytes(sys.inputs.words)) {
  place(top + left, dx: -10mm, dy: -10mm, rect(width: 277mm, height: 190mm, stroke: 1mm))
  strong[CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM]
  linebreak()
  strong[Độc lập - Tự do - Hạnh phúc]
  parbreak()
  text(fill: red, weight: "bold", upper(c.position))
  parbreak()
  strong[TẶNG]
  parbreak()
  text(size: 46pt, fill: red, weight: "bold")[GIẤY KHEN]
  parbreak()
  text(size: 26pt, weight: "bold", c.name)
  parbreak()
  c.detail
  parbreak()
  c.achievement
  parbreak()
  text(style: "italic", weight: "bold", c.decision + " " + c.gold_book + " " + c.place_date)
  parbreak()
  strong(upper(c.signer_position.at(0)) + " " + c.signer_name)
  pagebreak(weak: true)
}
"""


def typst(count: int) -> int:
    """Compile one document with all."""
    import msgspec
    import typst as compiler

    data = msgspec.json.encode([words(n) for n in range(count)]).decode()
    made = compiler.Compiler(_TYPST.encode(), font_paths=[str(FONTS_DIR)],
                             sys_inputs={"words": data})  # fmt: skip
    return len(made.compile(format="pdf", pdf_standards=["a-2b"]))


DOERS: dict[str, Callable[[int], int]] = dict(
    zip(WAYS, (one_file, many_files, html, typst), strict=True)
)


def _apart(way: str, count: int) -> dict[str, Any] | None:
    """Measure one way in a process of its own; None when its package is not installed."""
    command = [sys.executable, "-m", "tests.bench.certificates", way, str(count)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    if done.returncode:
        if "No module named 'typst'" in done.stderr:
            return None
        raise RuntimeError(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def measure(count: int = 500) -> dict[str, dict[str, Any]]:
    """Return, for each way, seconds and peak memory (MB) for a fifth and for all of them."""
    found = {}
    for way in WAYS:
        small, whole = _apart(way, count // 5), _apart(way, count)
        if small and whole:
            found[way] = whole | {"peak_mb_fifth": small["peak_mb"], "count": count}
    return found


def show(figures: dict[str, dict[str, Any]]) -> None:
    """Print the figures as a table."""
    naive = figures["HTML, one by one"]["cpu"]
    count = figures["HTML, one by one"]["count"]
    head = (("seconds", 9), ("CPU s", 8), ("× faster", 10), ("MB, a fifth", 13), ("MB, all", 9),
            ("file MB", 9))  # fmt: skip
    columns = "".join(f"{name:>{width}}" for name, width in head)
    print(f"\n{f'{count} certificates':20}{columns}")
    for way, row in figures.items():
        size = row["bytes"] / 2**20
        print(f"{way:20}{row['seconds']:9.2f}{row['cpu']:8.2f}"
              f"{naive / row['cpu']:10.1f}"
              f"{row['peak_mb_fifth']:13.0f}{row['peak_mb']:9.0f}{size:9.1f}")  # fmt: skip


def main() -> None:
    """Do one way and print what it took (called by `_apart`)."""
    doer, count = DOERS[sys.argv[1]], int(sys.argv[2])
    doer(1)
    began, worked = time.perf_counter(), time.process_time()
    size = doer(count)
    seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "cpu": cpu, "peak_mb": peak, "bytes": size}))


if __name__ == "__main__":
    main()
