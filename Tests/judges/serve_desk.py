"""Drives the expert desk in Chromium: set-up, upload, mending, adoption, run, downloads, Vietnamese.

Usage: serve_desk.py SET-UP-LINK WORKBOOK DOWNLOADS [PICTURES]

WORKBOOK is a sound park; two cells of a copy are spoilt before the upload. Prints what was seen as JSON; the test
judges it. Ends with an error if a step cannot be taken.
"""

import json
import pathlib
import sys
import time

import openpyxl
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support import expected_conditions as ready
from selenium.webdriver.support.ui import Select, WebDriverWait

PATIENCE = 120


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


class Desk:
    def __init__(self, downloads, pictures):
        options = webdriver.ChromeOptions()
        for argument in ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--lang=en"]:
            options.add_argument(argument)
        options.add_experimental_option(
            "prefs",
            {"download.default_directory": str(downloads), "intl.accept_languages": "en"},
        )
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(
            options=options, service=webdriver.ChromeService("/usr/bin/chromedriver")
        )
        self.driver.set_window_size(1366, 768)
        self.driver.set_page_load_timeout(PATIENCE)
        self.pictures = pictures
        self.complaints = []

    def one(self, selector):
        return WebDriverWait(self.driver, PATIENCE).until(
            ready.presence_of_element_located((By.CSS_SELECTOR, selector))
        )

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def text(self, selector):
        return self.one(selector).text

    def fill(self, selector, text):
        field = self.one(selector)
        field.clear()
        field.send_keys(text)

    def press(self, selector):
        """Presses what leads to another page, and waits for that."""
        button = self.one(selector)
        page = self.one("html")
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
        button.click()
        WebDriverWait(self.driver, PATIENCE).until(ready.staleness_of(page))
        self.one("main")

    def listen(self):
        self.complaints += [e["message"] for e in self.driver.get_log("browser")]

    def picture(self, name):
        """The page on a desk and on a phone, light and dark."""
        self.listen()
        if not self.pictures:
            return
        for width, height in [(1366, 768), (390, 844)]:
            for scheme in ["light", "dark"]:
                self.driver.execute_cdp_cmd(
                    "Emulation.setEmulatedMedia",
                    {"features": [{"name": "prefers-color-scheme", "value": scheme}]},
                )
                self.driver.execute_cdp_cmd(
                    "Emulation.setDeviceMetricsOverride",
                    {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
                )
                self.driver.save_screenshot(str(self.pictures / f"{name}-{width}-{scheme}.png"))
        self.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})

    def overflow(self):
        """Pixels by which the page is wider than a phone."""
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True},
        )
        wide = self.driver.execute_script(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        self.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        return wide


def drive(link, workbook, downloads, pictures):
    root = link.rsplit("/join/", 1)[0]
    bad = downloads / "upload.xlsx"
    quantity, enterprise = spoilt(workbook, bad)
    desk = Desk(downloads, pictures)
    seen = {"overflow": {}}
    try:
        desk.driver.get(link)
        desk.fill("[name=name]", "Ada")
        desk.fill("[name=email]", "ada@example.org")
        desk.fill("[name=password]", "correct horse battery")
        desk.press("main form button")

        desk.driver.get(root + "/drafts")
        desk.picture("drafts")
        seen["overflow"]["drafts"] = desk.overflow()
        desk.one("form[action$='/drafts'] [name=files]").send_keys(str(bad))
        desk.fill("form[action$='/drafts'] [name=title]", "My park")
        desk.press("form[action$='/drafts'] button")
        seen["errors"] = [e.text for e in desk.all(".issue.bad")]
        seen["adoptable_with_errors"] = bool(desk.all("#adopt"))
        desk.picture("draft-errors")
        seen["overflow"]["draft"] = desk.overflow()

        # Each error leads to its cell. Others follow from these two, as an exchange of an output without an owner.
        right = {"quite a lot": quantity, enterprise + "x": enterprise}
        mended = 0
        errors = ".issue.bad a[href*='table=outputs']"
        while desk.all(errors) and mended < 2:
            desk.driver.get(desk.one(errors).get_attribute("href"))
            WebDriverWait(desk.driver, PATIENCE).until(
                lambda d: d.switch_to.active_element.get_attribute("aria-invalid") == "true"
            )
            cell = desk.driver.switch_to.active_element
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
        seen["enter_moves_down"] = desk.driver.switch_to.active_element == cells[1]

        desk.fill("#adopt [name=name]", "my-park")
        desk.fill("#adopt [name=note]", "first")
        desk.press("#adopt button")
        seen["park_address"] = desk.driver.current_url[len(root):]
        desk.picture("park")
        seen["overflow"]["park"] = desk.overflow()

        desk.fill("[name=seconds]", "20")
        desk.press("form[action$='/runs'] button")
        desk.listen()
        seen["run_address"] = desk.driver.current_url[len(root):].rsplit("/", 1)[0]
        # Followed by events: the page loads itself anew at the end.
        WebDriverWait(desk.driver, PATIENCE).until(lambda d: desk.all("select[name=format]"))
        seen["figures"] = [e.text for e in desk.all(".figures dd")]
        desk.picture("run")
        seen["overflow"]["run"] = desk.overflow()

        for name in ["html", "xlsx", "json"]:
            Select(desk.one("select[name=format]")).select_by_value(name)
            desk.one("form[action$='/report'] button.main").click()
            target = downloads / f"report.{name}"
            end = time.monotonic() + PATIENCE
            while not target.exists() and time.monotonic() < end:
                time.sleep(0.1)
        seen["downloads"] = sorted(p.name for p in downloads.iterdir() if p != bad)

        run = desk.driver.current_url
        desk.driver.get(run + "/report?format=html&open=1")
        seen["report_title"] = desk.driver.title
        seen["report_style"] = desk.driver.execute_script(
            "return getComputedStyle(document.body).fontFamily"
        )
        # Shut in, the page has no origin and no cookies.
        seen["report_origin"] = desk.driver.execute_script("return window.origin")
        desk.driver.get_log("browser")

        desk.driver.get(run)
        desk.press(".lang [value=vi]")
        seen["vietnamese"] = desk.one("html").get_attribute("lang")
        seen["vietnamese_heading"] = desk.text("main h2")
        desk.driver.get(root + "/parks/my-park")
        desk.picture("park-vi")
        seen["complaints"] = desk.complaints
        return seen
    finally:
        desk.driver.quit()


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    shots = pathlib.Path(sys.argv[4]) if len(sys.argv) > 4 else None
    if shots:
        shots.mkdir(parents=True, exist_ok=True)
    print(json.dumps(drive(sys.argv[1], sys.argv[2], folder, shots), ensure_ascii=False))
