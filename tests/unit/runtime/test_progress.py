"""What `thidua up` prints."""

import io

from core.runtime.progress import Progress, accounts_text, table


def test_table_aligns_vietnamese_columns() -> None:
    text = table([["Trạm y tế", "x"], ["A", "yy"]], ["unit", "n"])
    assert text.splitlines() == ["unit       n", "─────────  ──", "Trạm y tế  x", "A          yy"]


def test_accounts_are_grouped_by_host_with_the_port() -> None:
    accounts = [
        {"host": "a.localhost", "account": "vanthu", "role": "records_clerk", "unit": "Sở",
         "password": "p1", "totp_secret": None},
        {"host": "b.localhost:8000", "account": "giamdoc", "role": "department_head",
         "unit": "Sở", "password": "p2", "totp_secret": "ABC"},
    ]  # fmt: skip
    text = accounts_text(accounts, 8123)
    first, second = text.split("\n\n")
    assert first.startswith("http://a.localhost:8123/\n")
    assert second.startswith("http://b.localhost:8123/\n")
    assert "giamdoc" in second
    assert "ABC" in second
    assert "giamdoc" not in first


def test_step_tells_its_seconds_only_when_done() -> None:
    out = io.StringIO()
    progress = Progress(out)
    with progress.step("Servers"):
        assert out.getvalue() == "• Servers …\n"
    assert "done in 0.0 s" in out.getvalue()
