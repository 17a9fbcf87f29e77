"""The list of prizes for the accountant, as .xlsx."""

from __future__ import annotations

import io

import xlsxwriter

from core.decisions import phrases
from core.decisions.schemas import DecisionView, Entry
from core.kit.i18n import vn_date
from core.reports.export import safe

HEADERS = (
    ("TT", 6), ("Tên tập thể, cá nhân", 40), ("Chức vụ", 26), ("Đơn vị", 44), ("Hình thức", 40),
    ("Mức (lần lương cơ sở)", 14), ("Tiền thưởng (đồng)", 18), ("Ký nhận", 18), ("Ghi chú", 40),
)  # fmt: skip
FIRST = 4


def prize_list(found: DecisionView) -> bytes:
    """Return who gets how much by a decision, with the sum as a formula (run in a thread)."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("Tiền thưởng")
    bold = book.add_format({"bold": True})
    head = book.add_format({"bold": True, "bg_color": "#EDF5F5", "bottom": 1, "text_wrap": True})
    money = book.add_format({"num_format": "#,##0"})
    total = book.add_format({"num_format": "#,##0", "bold": True, "top": 1})
    number = found.number_text or "(chưa cấp số)"
    sheet.write_string(0, 0, safe(f"Danh sách chi tiền thưởng: Quyết định số {number}"), bold)
    day = vn_date(found.decided_on) or "chưa có"
    sheet.write_string(1, 0, f"Ngày quyết định: {day}. Lương cơ sở theo ngày quyết định.")
    for column, (name, width) in enumerate(HEADERS):
        sheet.write_string(FIRST - 1, column, name, head)
        sheet.set_column(column, column, width)
    line = FIRST
    for line, entry in enumerate(found.entries, start=FIRST):
        sheet.write_number(line, 0, entry.position)
        texts = (
            entry.subject_name, entry.subject_title, entry.subject_unit_name, entry.award,
            entry.multiple.replace(".", ","),
        )  # fmt: skip
        for column, text in enumerate(texts, start=1):
            sheet.write_string(line, column, safe(text))
        sheet.write_number(line, 6, entry.prize or 0, money)
        sheet.write_string(line, 8, _remark(entry))
    end = line + 1
    sheet.write_string(end, 5, "Cộng", bold)
    formula = f"=SUM(G{FIRST + 1}:G{line + 1})"
    sheet.write_formula(end, 6, formula, total, sum(entry.prize or 0 for entry in found.entries))
    sheet.freeze_panes(FIRST, 2)
    book.close()
    return target.getvalue()


def _remark(entry: Entry) -> str:
    """What came after: an award that was taken back, and how much of its prize is back."""
    if not entry.is_revoked:
        return ""
    if not entry.prize:
        return phrases.TAKEN_BACK
    back, all_ = phrases.money(entry.returned), phrases.money(entry.prize)
    return phrases.TAKEN_BACK_MONEY.format(back=back, all=all_)
