"""The tables of records as one workbook (ECMA-376), for those who have a spreadsheet and no use for CSV."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime, time
from functools import partial

from xlsxwriter import Workbook

from ..register import Register
from .output_file import OutputFile
from .tables import API, TABLES, text_of_cell

PATH = f"{API}records.xlsx"

WIDEST = 60
"""The widest column, in characters."""


def output_files(register: Register) -> Iterator[OutputFile]:
    """Yield the workbook."""
    yield OutputFile(PATH, partial(workbook, register))


def workbook(register: Register) -> bytes:
    """Return a workbook with a sheet for each table of records.

    Text stays text: nothing that a source says becomes a formula or a link. The same records give the same bytes.
    """
    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": register.area.site_name, "comments": f"Licence: {register.area.licence.url}",
                         "created": datetime.combine(register.latest_publication, time())})
    bold = book.add_format({"bold": True})
    for table in TABLES:
        sheet = book.add_worksheet(table.name.replace("-", " ").capitalize())
        names = [name for name, _, _ in table.columns]
        rows = [[text_of_cell(row.get(name)) for name in names] for row in table.rows(register)]
        sheet.write_row(0, 0, names, bold)
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, row)
        for number, column in enumerate(zip(names, *rows, strict=True)):
            sheet.set_column(number, number, min(WIDEST, max(len(str(cell)) for cell in column) + 2))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(len(rows), 1), len(names) - 1)
    book.close()
    return stream.getvalue()
