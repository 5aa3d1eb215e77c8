"""A browser for tests and benchmarks of pages.

Screenshots go into the folder that LICHEN_SCREENSHOTS names; without it none are taken.
"""

import contextlib
import os
import pathlib

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException, WebDriverException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support import expected_conditions as ready
from selenium.webdriver.support.ui import WebDriverWait

from serve_client import PASSWORD

PATIENCE = 240
DESK = (1366, 768)
PHONE = (390, 844)
NARROW = (360, 740)


@contextlib.contextmanager
def chromium(width=DESK[0], height=DESK[1], dark=False, downloads=None):
    """A Chromium whose files go into the folder `downloads`."""
    options = Options()
    options.binary_location = os.environ.get("LICHEN_CHROMIUM", "/usr/bin/chromium")
    for argument in [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--lang=en",
    ]:
        options.add_argument(argument)
    preferences = {"intl.accept_languages": "en"}
    if downloads:
        preferences["download.default_directory"] = str(downloads)
    options.add_experimental_option("prefs", preferences)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    # A version of its own: nothing is fetched to look for another one.
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    try:
        driver.set_page_load_timeout(PATIENCE)
        size(driver, width, height, dark)
        yield driver
    finally:
        driver.quit()


def size(driver, width, height, dark=False):
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600},
    )
    scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})


def join(driver, link, name="Ada"):
    """Takes up an invitation; the first one sets the server up."""
    driver.get(link)
    for field, text in [("name", name), ("email", f"{name.lower()}@example.org"), ("password", PASSWORD)]:
        driver.find_element(By.NAME, field).send_keys(text)
    driver.find_element(By.CSS_SELECTOR, "form.card button").click()
    until(driver, lambda: "/join/" not in driver.current_url)


def until(driver, condition, seconds=PATIENCE):
    """Waits for something; a page that is being replaced meanwhile is asked again."""
    waiting = WebDriverWait(driver, seconds, poll_frequency=0.05, ignored_exceptions=[StaleElementReferenceException])
    return waiting.until(lambda _: condition())


def is_gone(element):
    """Whether the page of an element has been replaced; while it is, the driver may not know the element either way."""
    try:
        element.is_enabled()
        return False
    except StaleElementReferenceException:
        return True
    except WebDriverException as error:
        if "does not belong to the document" in str(error):
            return True
        raise


def overflow(driver):
    """Pixels by which the page is wider than a narrow phone."""
    size(driver, *NARROW)
    wide = driver.execute_script(
        "return document.documentElement.scrollWidth - document.documentElement.clientWidth")
    size(driver, *DESK)
    return wide


def picture(driver, name):
    """The page on a desk and the whole of it on a phone, light and dark."""
    if not os.environ.get("LICHEN_SCREENSHOTS"):
        return
    folder = pathlib.Path(os.environ["LICHEN_SCREENSHOTS"])
    folder.mkdir(parents=True, exist_ok=True)
    for width, height in [DESK, PHONE]:
        for dark in [False, True]:
            size(driver, width, height, dark)
            if width < 600:
                size(driver, width, driver.execute_script("return document.documentElement.scrollHeight"), dark)
            scheme = "dark" if dark else "light"
            driver.save_screenshot(str(folder / f"{name}-{width}-{scheme}.png"))
    size(driver, *DESK)


def move(driver, field, value):
    """Moves a slider as its script sees it."""
    driver.execute_script(
        "const input = document.getElementById(arguments[0]); input.value = arguments[1];"
        "input.dispatchEvent(new Event('input', {bubbles: true}));",
        f"l-{field}",
        value,
    )


def plans(driver):
    """How many plans the page has shown since it was opened."""
    return int(driver.find_element(By.ID, "room").get_attribute("data-plans") or 0)


def complaints(driver):
    """What the browser's console says of errors, such as of a policy that a page breaks."""
    return [entry["message"] for entry in driver.get_log("browser") if entry["level"] == "SEVERE"]


class Person:
    """Somebody at a browser: finds, fills and presses, and waits for what comes of it."""

    def __init__(self, driver):
        self.driver = driver
        self.complaints = []

    def one(self, selector):
        return WebDriverWait(self.driver, PATIENCE).until(
            ready.presence_of_element_located((By.CSS_SELECTOR, selector)))

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
        until(self.driver, lambda: is_gone(page))
        self.one("main")

    def listen(self):
        self.complaints += complaints(self.driver)

    def picture(self, name):
        self.listen()
        picture(self.driver, name)
