"""Makes the workbook of a round: the official table, the figures to fill in, and a guide."""

from collections.abc import Collection
from datetime import datetime
from io import BytesIO

from openpyxl import Workbook

from backend.ratings.rounds.round import Round
from backend.ratings.sheets.workbook.data_sheet import write_data
from backend.ratings.sheets.workbook.guide_sheet import write_guide
from backend.ratings.sheets.workbook.layout import DATA_SHEET, GUIDE_SHEET, TABLE_SHEET
from backend.ratings.sheets.workbook.table_sheet import write_table


def workbook(
    round_: Round,
    readable: Collection[int],
    editable: Collection[int],
    exported_at: datetime,
) -> bytes:
    """Return the workbook as .xlsx.

    Parameters
    ----------
    readable
        Numbers of the indicators whose figures and notes the reader may see.
    editable
        Those of them whose cells can be filled in.
    exported_at
        In the reader's time zone: its day stands in the guide.
    """
    book = Workbook()
    table = book.worksheets[0]
    table.title = TABLE_SHEET
    write_table(table, round_, readable)
    write_data(book.create_sheet(DATA_SHEET), round_, readable, editable)
    write_guide(book.create_sheet(GUIDE_SHEET), round_, exported_at.date())
    book.properties.title = f"{round_.area_name} {round_.title}"
    book.properties.creator = "Minsheng"
    content = BytesIO()
    book.save(content)
    return content.getvalue()
