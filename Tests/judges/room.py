"""Drives the what-if room as a board member would; says what it saw as JSON.

room.py ADDRESS SETUP-LINK FOLDER: screenshots go into FOLDER.
"""

import json
import sys
import time
from pathlib import Path

from browser import By, chromium, complaints, join, move, plans, size, until

PARK = "kalundborg"


def shown(driver, count=None):
    """Waits until the page shows a plan, or the next one."""
    if count is None:
        return until(driver, lambda: driver.find_elements(By.ID, "summary") and not driver.find_elements(By.CSS_SELECTOR, ".busy"))
    return until(driver, lambda: plans(driver) > count and not driver.find_elements(By.CSS_SELECTOR, ".busy"))


def text(driver, selector):
    return driver.find_element(By.CSS_SELECTOR, selector).text


def change(driver, act):
    count = plans(driver)
    act()
    shown(driver, count)


def levers(driver, address, seen):
    driver.get(f"{address}/parks/{PARK}/room")
    shown(driver)
    seen["base"] = text(driver, "#figures .k .v b")
    driver.find_element(By.ID, "l-carbon_price").send_keys("")
    change(driver, lambda: move(driver, "carbon_price", 60))
    seen["focus"] = driver.switch_to.active_element.get_attribute("id")
    change(driver, lambda: move(driver, "landfill_fee", 20))
    firm = driver.find_element(By.CSS_SELECTOR, "input[type=checkbox][name='enterprise.gyproc']")
    change(driver, firm.click)
    seen["state"] = driver.current_url.split("?")[1]
    seen["now"] = text(driver, "#figures .k .v b")
    seen["told"] = driver.find_element(By.ID, "told").get_attribute("textContent")
    seen["ghosts"] = len(driver.find_elements(By.CSS_SELECTOR, "#pane-map .wd .num.ghost"))
    seen["winners"] = len(driver.find_elements(By.CSS_SELECTOR, ".wl tbody tr"))


def keep(driver, title):
    field = driver.find_element(By.ID, "keep-title")
    field.send_keys(title)
    driver.find_element(By.CSS_SELECTOR, "form.state button").click()
    until(driver, lambda: "from=" in driver.current_url)
    shown(driver)


def compare(driver, seen):
    keep(driver, "Gyproc shut")
    change(driver, lambda: move(driver, "water_price", 200))
    keep(driver, "And dear water")
    seen["heads"] = [each.text for each in driver.find_elements(By.CSS_SELECTOR, ".tb thead .chip")]
    driver.find_element(By.CSS_SELECTOR, "#kept summary").click()
    driver.find_elements(By.CSS_SELECTOR, "#kept > p button")[1].click()
    until(driver, lambda: "/compare" in driver.current_url)
    seen["compared"] = [each.text for each in driver.find_elements(By.CSS_SELECTOR, ".an h3")]


def pareto(driver, address, seen):
    driver.get(f"{address}/parks/{PARK}/room")
    shown(driver)
    until(driver, lambda: driver.find_elements(By.CSS_SELECTOR, "#front a.pt"))
    points = driver.find_elements(By.CSS_SELECTOR, "#front a.pt")
    seen["points"] = len(points)
    before = text(driver, "#figures .k:nth-of-type(2) .v b")
    change(driver, lambda: driver.execute_script("arguments[0].dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))", points[2]))
    seen["pareto"] = {
        "state": driver.current_url.split("?")[1],
        "before": before,
        "after": text(driver, "#figures .k:nth-of-type(2) .v b"),
        "chosen": driver.find_element(By.CSS_SELECTOR, "#front a.pt.sel").get_attribute("data-point"),
        "lever": driver.find_element(By.ID, "l-co2_floor").get_attribute("value"),
    }


def language(driver, seen):
    state = driver.current_url
    driver.find_element(By.CSS_SELECTOR, ".lang button[value=vi]").click()
    until(driver, lambda: driver.find_element(By.TAG_NAME, "html").get_attribute("lang") == "vi")
    shown(driver)
    seen["language"] = {"same": driver.current_url == state, "title": text(driver, "h1"), "levers": text(driver, "#levers h2")}


def fits(driver, folder, name, width, height, dark=False):
    size(driver, width, height, dark)
    time.sleep(0.3)
    wide = driver.execute_script("return [document.documentElement.scrollWidth, window.innerWidth]")
    if width < 600:
        size(driver, width, driver.execute_script("return document.documentElement.scrollHeight"), dark)
    driver.save_screenshot(str(folder / f"{name}.png"))
    return wide[0] <= wide[1]


def main(address, link, folder):
    folder.mkdir(parents=True, exist_ok=True)
    seen = {}
    with chromium() as driver:
        join(driver, link)
        levers(driver, address, seen)
        seen["fits"] = {"desktop": fits(driver, folder, "desktop", 1366, 768)}
        seen["fits"]["dark"] = fits(driver, folder, "dark", 1366, 768, dark=True)
        seen["fits"]["phone"] = fits(driver, folder, "phone", 390, 844)
        seen["fits"]["narrow"] = fits(driver, folder, "narrow", 360, 800)
        size(driver, 1366, 768)
        compare(driver, seen)
        fits(driver, folder, "compare", 1366, 768)
        pareto(driver, address, seen)
        fits(driver, folder, "pareto", 1366, 768)
        language(driver, seen)
        fits(driver, folder, "vietnamese", 1366, 768)
        seen["complaints"] = complaints(driver)
    print(json.dumps(seen))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
