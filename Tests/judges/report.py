"""Judges a report's workbook and bibliography with programs that share no line with this project.

usage: report.py bare IN OUT [SHEET CELL NUMBER]   the workbook without any worked-out value, with one cell changed
       report.py check BOOK RECALCULATED PLAN      formulas give the shown values and the plan's totals
       report.py difference BOOK CHANGED           changes of the plan's row of the first sheet, as JSON
       report.py texts BOOK                        titles and texts of all sheets, as JSON
       report.py bib FILE                          entries of a BibTeX file, as JSON
"""

import json
import re
import sys

import openpyxl

KIND, FILE = sys.argv[1:3]
FORMULA = re.compile(r"^=-?(SUM|SUMIFS)?[('$]")


def close(left, right, tolerance=1e-6):
    return abs(left - right) <= tolerance * max(1, abs(left), abs(right))


def totals(book):
    """Numbers of the plan's row of the first sheet: the row of sums under its table."""
    sheet = book.worksheets[0]
    label = plan_label(sheet)
    for row in sheet.iter_rows(values_only=True):
        if label and row[0] == label and isinstance(row[1], (int, float)):
            return list(row[1:10])
    return None


def plan_label(sheet):
    """The plan's row is the last one with numbers in its second column."""
    label = None
    for row in sheet.iter_rows(values_only=True):
        if len(row) > 1 and isinstance(row[1], (int, float)):
            label = row[0]
    return label


def bare():
    book = openpyxl.load_workbook(FILE)
    if len(sys.argv) > 4:
        sheet, cell, number = sys.argv[4:7]
        book[sheet][cell] = book[sheet][cell].value + float(number)
    book.save(sys.argv[3])


def check():
    errors = []
    written = openpyxl.load_workbook(FILE)
    shown = openpyxl.load_workbook(FILE, data_only=True)
    worked_out = openpyxl.load_workbook(sys.argv[3], data_only=True)
    plan = json.load(open(sys.argv[4], encoding="utf-8"))
    count = 0
    for sheet in written:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "e":
                    errors.append(f"{sheet.title}!{cell.coordinate} is an error")
                if cell.data_type != "f":
                    continue
                count += 1
                if not FORMULA.match(cell.value):
                    errors.append(f"{sheet.title}!{cell.coordinate}: {cell.value} is no formula of ours")
                cached = shown[sheet.title][cell.coordinate].value
                value = worked_out[sheet.title][cell.coordinate].value
                if not isinstance(value, (int, float)) or not close(value, cached):
                    errors.append(f"{sheet.title}!{cell.coordinate} shows {cached}, worked out {value}")
        setup = sheet.page_setup
        if setup.orientation != "landscape" or int(setup.paperSize) != 9 or not sheet.sheet_properties.pageSetUpPr.fitToPage:
            errors.append(f"{sheet.title} does not print on A4 across")
    stated = plan["totals"]
    expected = [
        *(stated["money"][end] for end in ("typical", "low", "high")),
        *(stated["carbon_kg"][end] / 1000 for end in ("typical", "low", "high")),
        *(stated["capital"][end] for end in ("typical", "low", "high")),
    ]
    found = totals(worked_out)
    has_plan = plan["certificate"]["status"] in ("optimal", "feasible")
    if has_plan and (found is None or not all(close(a or 0, b) for a, b in zip(found, expected))):
        errors.append(f"the plan's row is {found}, plan.json says {expected}")
    exchanges = written.worksheets[1]
    header = next(i for i, row in enumerate(exchanges.iter_rows(values_only=True), 1) if row[1] is not None)
    ranks = [exchanges.cell(header + 1 + i, 1).value for i in range(len(plan["exchanges"]))]
    if has_plan and ranks != [exchange["rank"] for exchange in plan["exchanges"]]:
        errors.append(f"ranks {ranks}")
    if ranks and exchanges.freeze_panes != f"D{header + 1}":
        errors.append(f"the header in row {header} is not frozen: {exchanges.freeze_panes}")
    if has_plan and ranks and not exchanges.auto_filter.ref:
        errors.append("no filter")
    ledger = worked_out.worksheets[2]
    lines = sum(
        len(item["lines"]) for kind in ("exchanges", "facilities", "legs", "measures") for item in plan[kind])
    told = sum(1 for row in ledger.iter_rows(values_only=True) if isinstance(row[3], str)) - 1
    if has_plan and told != lines:
        errors.append(f"{told} ledger lines, plan.json has {lines}")
    for error in errors[:20]:
        print(error)
    print(f"{count} formulas")
    sys.exit(bool(errors))


def difference():
    first, second = (totals(openpyxl.load_workbook(name, data_only=True)) for name in sys.argv[2:4])
    print(json.dumps([(b or 0) - (a or 0) for a, b in zip(first, second)]))


def texts():
    book = openpyxl.load_workbook(FILE)
    print(json.dumps(
        {
            "sheets": book.sheetnames,
            "texts": [
                cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "s"],
            "dates": [
                str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "d"],
            "formulas": [
                cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"],
        },
        ensure_ascii=False))


def bib():
    import bibtexparser

    library = bibtexparser.parse_file(FILE)
    if library.failed_blocks:
        sys.exit(str(library.failed_blocks))
    print(json.dumps(
        [{"key": e.key, "type": e.entry_type, **{f.key: f.value for f in e.fields}} for e in library.entries],
        ensure_ascii=False))


{"bare": bare, "check": check, "difference": difference, "texts": texts, "bib": bib}[KIND]()
