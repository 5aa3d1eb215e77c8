"""Drives the expert desk in Chromium: set-up, upload, mending, adoption, run, downloads, Vietnamese.

Usage: serve_desk.py SET-UP-LINK WORKBOOK DOWNLOADS

WORKBOOK is a sound park; two cells of a copy are spoilt before the upload. Prints what was seen as JSON; the test
judges it. Ends with an error if a step cannot be taken.
"""

import json
import pathlib
import sys

import openpyxl
import pypdf
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from browser import Person, chromium, join, overflow, until


def spoilt(workbook, target):
    """A copy with a quantity that is none and an enterprise that is not there."""
    book = openpyxl.load_workbook(workbook)
    sheet = next(s for s in book.worksheets if s.title.lower() == "outputs")
    header = next(
        row for row in sheet.iter_rows(max_row=20) if any(c.value == "Quantity" for c in row)
    )
    columns = {cell.value: cell.column for cell in header if cell.value}
    row = header[0].row + 1
    while not sheet.cell(row, columns["Quantity"]).value:
        row += 1
    kept = sheet.cell(row, columns["Quantity"]).value
    enterprise = sheet.cell(row, columns["Enterprise"]).value
    sheet.cell(row, columns["Quantity"]).value = "quite a lot"
    sheet.cell(row, columns["Enterprise"]).value = enterprise + "x"
    book.save(target)
    return str(kept), enterprise


# Cells as a spreadsheet puts them on the clipboard; what holds quotes stands in quotes.
BLOCK = 'pasted-1\tgyproc\tOne\npasted-2\tgyproc\t"The ""second"""\n'
PASTE = """
const [field, block] = arguments;
const clipboard = new DataTransfer();
clipboard.setData("text/plain", block);
field.focus();
field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: clipboard, bubbles: true, cancelable: true}));
"""
# The first three cells of each row, and the box that removes it.
ROWS = """
return [...document.querySelectorAll("#grid tbody tr")].map(row => [...row.querySelectorAll("input:not([type=checkbox])")]
  .slice(0, 3).map(input => input.value));
"""


def pasted(desk):
    """A block pasted into the blank rows: as it stands in the grid, after saving, and the draft once it is removed."""
    driver = desk.driver
    blank = next(index for index, row in enumerate(driver.execute_script(ROWS)) if not any(row))
    field = desk.one(f"#grid tbody tr:nth-of-type({blank + 1}) input:not([type=checkbox])")
    driver.execute_script(PASTE, field, BLOCK)
    seen = {"pasted": driver.execute_script(ROWS)[blank : blank + 3]}
    desk.press("#grid .bar button")
    rows = driver.execute_script(ROWS)
    seen["kept"] = [row for row in rows if row[0].startswith("pasted")]
    for index, row in enumerate(rows):
        if row in seen["kept"]:
            box = desk.one(f"#grid tbody tr:nth-of-type({index + 1}) input[type=checkbox]")
            driver.execute_script("arguments[0].click()", box)
    desk.press("#grid .bar button")
    seen["state_after_removal"] = desk.text("#state")
    return seen


def pages(path):
    """Pages of a PDF; 0 if it is none."""
    return len(pypdf.PdfReader(path).pages) if path.read_bytes().startswith(b"%PDF") else 0


def drive(driver, link, workbook, downloads):
    root = link.rsplit("/join/", 1)[0]
    bad = downloads / "upload.xlsx"
    quantity, enterprise = spoilt(workbook, bad)
    desk = Person(driver)
    seen = {"overflow": {}}
    join(driver, link)

    driver.get(root + "/drafts")
    desk.picture("drafts")
    seen["overflow"]["drafts"] = overflow(driver)
    desk.one("form[action$='/drafts'] [name=files]").send_keys(str(bad))
    desk.fill("form[action$='/drafts'] [name=title]", "My park")
    desk.press("form[action$='/drafts'] button")
    seen["errors"] = [e.text for e in desk.all(".issue.bad")]
    seen["adoptable_with_errors"] = bool(desk.all("#adopt"))
    desk.picture("draft-errors")
    seen["overflow"]["draft"] = overflow(driver)

    # Each error leads to its cell. Others follow from these two, as an exchange of an output without an owner.
    right = {"quite a lot": quantity, enterprise + "x": enterprise}
    mended = 0
    errors = ".issue.bad a[href*='table=outputs']"
    while desk.all(errors) and mended < 2:
        driver.get(desk.one(errors).get_attribute("href"))
        until(driver, lambda: driver.switch_to.active_element.get_attribute("aria-invalid") == "true")
        cell = driver.switch_to.active_element
        value = right[cell.get_attribute("value")]
        cell.clear()
        cell.send_keys(value)
        mended += 1
        desk.press("#grid .bar button")
    seen["mended"] = mended
    seen["state"] = desk.text("#state")
    desk.picture("draft-sound")

    # Enter goes to the next row.
    cells = desk.all("tbody tr td:nth-of-type(1) input:not([type=checkbox])")
    cells[0].send_keys(Keys.ENTER)
    seen["enter_moves_down"] = driver.switch_to.active_element == cells[1]

    seen |= pasted(desk)

    desk.fill("#adopt [name=name]", "my-park")
    desk.fill("#adopt [name=note]", "first")
    desk.press("#adopt button")
    seen["park_address"] = driver.current_url[len(root):]
    desk.picture("park")
    seen["overflow"]["park"] = overflow(driver)

    desk.fill("[name=seconds]", "20")
    desk.press("form[action$='/runs'] button")
    desk.listen()
    seen["run_address"] = driver.current_url[len(root):].rsplit("/", 1)[0]
    # Followed by events: the page loads itself anew at the end.
    until(driver, lambda: desk.all("select[name=format]"))
    seen["figures"] = [e.text for e in desk.all(".figures dd")]
    desk.picture("run")
    seen["overflow"]["run"] = overflow(driver)

    for name in ["html", "xlsx", "json", "pdf"]:
        Select(desk.one("select[name=format]")).select_by_value(name)
        desk.one("form[action$='/report'] button.main").click()
        until(driver, (downloads / f"report.{name}").exists)
    seen["downloads"] = sorted(p.name for p in downloads.iterdir() if p != bad)
    seen["pdf"] = pages(downloads / "report.pdf")

    run = driver.current_url
    driver.get(run + "/report?format=html&open=1")
    seen["report_title"] = driver.title
    seen["report_style"] = driver.execute_script(
        "return getComputedStyle(document.body).fontFamily"
    )
    # Shut in, the page has no origin and no cookies.
    seen["report_origin"] = driver.execute_script("return window.origin")
    driver.get_log("browser")

    driver.get(run)
    desk.press(".lang [value=vi]")
    seen["vietnamese"] = desk.one("html").get_attribute("lang")
    seen["vietnamese_heading"] = desk.text("main h2")
    driver.get(root + "/parks/my-park")
    desk.picture("park-vi")
    seen["complaints"] = desk.complaints
    return seen


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    with chromium(downloads=folder) as chrome:
        print(json.dumps(drive(chrome, sys.argv[1], sys.argv[2], folder), ensure_ascii=False))
