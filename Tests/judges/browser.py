"""A browser and a server to drive with it, for tests and benchmarks of pages."""

import contextlib
import os
import re
import subprocess
import tempfile

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

PASSWORD = "a long enough password"


@contextlib.contextmanager
def chromium(width=1366, height=768, dark=False):
    options = Options()
    options.binary_location = os.environ.get("LICHEN_CHROMIUM", "/usr/bin/chromium")
    for argument in ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]:
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    # A version of its own: nothing is fetched to look for another one.
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    try:
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


@contextlib.contextmanager
def server(binary, *arguments):
    """Starts a server with a new database; gives its address and the link that sets it up."""
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [binary, "--data", folder, "--port", "0", *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        try:
            address = link = None
            for line in process.stdout:
                address = address or next(iter(re.findall(r"answers at (\S+)/", line)), None)
                link = next(iter(re.findall(r"(\S+/join/\S+)", line)), None)
                if link:
                    break
            if not link:
                raise RuntimeError("the server ended before it answered")
            yield address, link
        finally:
            process.terminate()
            process.wait(timeout=30)


def join(driver, link):
    """Sets the server up as its first administrator."""
    driver.get(link)
    for name, text in [("name", "Ada"), ("email", "ada@example.org"), ("password", PASSWORD)]:
        driver.find_element(By.NAME, name).send_keys(text)
    driver.find_element(By.CSS_SELECTOR, "form.card button").click()
    until(driver, lambda: "/join/" not in driver.current_url)


def until(driver, condition, seconds=40):
    return WebDriverWait(driver, seconds, poll_frequency=0.05).until(lambda _: condition())


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
