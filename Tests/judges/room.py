"""Drives the what-if room as a board member would; says what it saw as JSON.

Usage: room.py SET-UP-LINK
"""

import json
import sys

from selenium.webdriver.common.keys import Keys

from browser import DESK, By, chromium, complaints, join, move, overflow, picture, plans, until

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
    # By keyboard: one step, and the slider keeps the focus while the answer is put in.
    change(driver, lambda: driver.find_element(By.ID, "l-carbon_price").send_keys(Keys.ARROW_RIGHT))
    seen["key"] = driver.current_url.split("?")[1]
    seen["focus"] = driver.switch_to.active_element.get_attribute("id")
    change(driver, lambda: move(driver, "carbon_price", 60))
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
    keep(driver, "Gyproc shut, which is a title as long as people write them")
    change(driver, lambda: move(driver, "water_price", 200))
    keep(driver, "And dear water")
    seen["heads"] = [each.text for each in driver.find_elements(By.CSS_SELECTOR, ".tb thead .chip")]
    # A board member finds it without unfolding anything, and the table ends above the fold.
    lowest = driver.execute_script(
        "return Math.max(...[...document.querySelectorAll('#compare, #keep-title, .tb table')]"
        ".map(each => each.getBoundingClientRect().bottom + scrollY))")
    seen["below_fold"] = max(0, lowest - DESK[1])
    picture(driver, "room-kept")
    button = driver.find_element(By.ID, "compare")
    button.click()
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


def fits(driver, seen, name):
    seen.setdefault("overflow", {})[name] = overflow(driver)
    picture(driver, f"room-{name}")


def drive(driver, link):
    address = link[: link.index("/join/")]
    seen = {}
    join(driver, link)
    levers(driver, address, seen)
    fits(driver, seen, "levers")
    compare(driver, seen)
    fits(driver, seen, "compare")
    pareto(driver, address, seen)
    fits(driver, seen, "pareto")
    language(driver, seen)
    fits(driver, seen, "vietnamese")
    seen["complaints"] = complaints(driver)
    return seen


if __name__ == "__main__":
    with chromium() as chrome:
        print(json.dumps(drive(chrome, sys.argv[1]), ensure_ascii=False))
