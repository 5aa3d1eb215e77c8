"""Drives two enterprises in Chromium: one asks the partner of an exchange to be named, the other accepts.

Usage: serve_own.py SET-UP-LINK

The administrator sets the server up, runs Kalundborg, invites Gyproc and the power station that gives it gypsum. Prints
what each of them saw, as JSON.
"""

import json
import sys

from selenium.webdriver.support.ui import Select

from browser import Person, chromium, join, until
from serve_client import PASSWORD


class People(Person):
    """One after the other at the same browser."""

    def join(self, link, name):
        join(self.driver, link, name)

    def sign_in(self, name):
        self.driver.get(self.root + "/parks/kalundborg/own")
        self.fill("[name=email]", f"{name.lower()}@example.org")
        self.fill("[name=password]", PASSWORD)
        self.press("main form button")

    def sign_out(self):
        self.press("form[action$='/sign-out'] button")

    def invite(self, enterprise):
        self.driver.get(self.root + "/people")
        Select(self.one("select[name=role]")).select_by_value("enterprise")
        Select(self.one("form[action$='/invite'] select[name=park]")).select_by_value("kalundborg")
        self.fill("form[action$='/invite'] [name=enterprise]", enterprise)
        self.press("form[action$='/invite'] button")
        return self.text("#link")

    def exchanges(self):
        return [row.text for row in self.all("table.own tbody tr")]

    def requests(self):
        return [item.text for item in self.all(".requests li")]


def drive(driver, link):
    people = People(driver)
    people.root = link[: link.index("/join/")]
    seen = {}
    people.join(link, "Ada")
    driver.get(people.root + "/parks/kalundborg")
    people.press("form[action$='/runs'] button")
    until(driver, lambda: people.all("select[name=format]"))
    people.listen()
    gyproc, power = people.invite("gyproc"), people.invite("asnaes")
    driver.get(people.root + "/people")
    people.picture("people")
    people.press(".lang [value=vi]")
    people.picture("people-vi")
    people.press(".lang [value=en]")
    people.sign_out()

    people.join(gyproc, "Gyp")
    driver.get(people.root + "/parks/kalundborg/own")
    seen["before"] = people.exchanges()
    seen["forms"] = len(people.all("form[action$='/own/ask']"))
    people.press("form[action$='/own/ask'] button")
    seen["asked"] = people.exchanges()
    seen["asker_requests"] = people.requests()
    people.listen()
    people.sign_out()

    people.join(power, "Power")
    driver.get(people.root + "/parks/kalundborg/own")
    seen["to_me"] = people.requests()
    people.picture("own")
    people.press(".requests button[value=yes]")
    seen["accepted"] = people.requests()
    people.listen()
    people.sign_out()

    people.sign_in("Gyp")
    seen["after"] = people.exchanges()
    people.press(".lang [value=vi]")
    seen["vietnamese"] = people.text("h1")
    people.picture("own-agreed")
    people.listen()
    seen["complaints"] = people.complaints
    return seen


if __name__ == "__main__":
    with chromium() as chrome:
        print(json.dumps(drive(chrome, sys.argv[1]), ensure_ascii=False))
