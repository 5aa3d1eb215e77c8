"""A large park in Chromium: searches that take long are followed and stopped, in a run and in the room.

Usage: serve_stop.py SET-UP-LINK PARK-FOLDER

Prints what was seen as JSON. Each list of progress holds different texts that one search showed.
"""

import json
import pathlib
import re
import sys

from browser import Person, chromium, join, move, plans, until


class Expert(Person):
    def progress(self, selector, number):
        """Texts of a place that name an upper bound, until so many different ones were shown."""
        texts = []

        def look():
            text = self.one(selector).text
            if "upper bound" in text and text not in texts:
                texts.append(text)
            return len(texts) >= number

        until(self.driver, look)
        return texts

    def bounds(self, selector, number):
        """Different upper bounds, as shown one after the other."""
        bounds = []

        def look():
            found = re.search(r"upper bound (\S+)", self.one(selector).text)
            if found and found.group(1) not in bounds:
                bounds.append(found.group(1))
            return len(bounds) >= number

        until(self.driver, look)
        return bounds


def declare(expert, root, folder):
    """Brings the park as its files, and adopts it."""
    expert.driver.get(root + "/drafts")
    files = "\n".join(str(path) for path in sorted(folder.iterdir()))
    expert.one("form[action$='/drafts'] [name=files]").send_keys(files)
    expert.fill("form[action$='/drafts'] [name=title]", "A large region")
    expert.press("form[action$='/drafts'] button")
    expert.fill("#adopt [name=name]", "region")
    expert.press("#adopt button")


def run(expert, root, seen):
    expert.driver.get(root + "/parks/region")
    expert.fill("[name=seconds]", "600")
    expert.press("form[action$='/runs'] button")
    seen["run_bounds"] = expert.bounds("#progress", 2)
    expert.press("form[action$='/cancel'] button")
    seen["run_status"] = expert.text("#run-status")
    expert.listen()
    # The place of the search that was stopped is free: another one ends.
    expert.driver.get(root + "/parks/kalundborg")
    expert.press("form[action$='/runs'] button")
    until(expert.driver, lambda: expert.all("select[name=format]"))
    seen["next_run"] = expert.text("#run-status")
    expert.listen()


def room(expert, root, seen):
    driver = expert.driver
    driver.get(root + "/parks/region/room")
    seen["preparation"] = expert.progress("#progress", 2)
    until(driver, lambda: expert.all("#summary"))
    seen["stops"] = []
    for price in [40, 80]:
        shown = plans(driver)
        move(driver, "carbon_price", price)
        bounds = expert.bounds("#solve .st", 2)
        expert.one("#stop").click()
        until(driver, lambda: plans(driver) > shown)
        seen["stops"].append({
            "bounds": bounds, "told": expert.text("#solve .st"), "state": driver.current_url.split("?")[1],
            "figures": len(expert.all("#solve .vf")), "busy": len(expert.all(".busy")),
        })
    expert.picture("room-stopped")


def drive(driver, link, folder):
    root = link[: link.index("/join/")]
    seen = {}
    join(driver, link)
    expert = Expert(driver)
    declare(expert, root, folder)
    run(expert, root, seen)
    room(expert, root, seen)
    seen["complaints"] = expert.complaints
    return seen


if __name__ == "__main__":
    with chromium() as chrome:
        print(json.dumps(drive(chrome, sys.argv[1], pathlib.Path(sys.argv[2])), ensure_ascii=False))
