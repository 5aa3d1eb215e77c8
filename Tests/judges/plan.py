"""Judges plans with fractions alone and compares objective and violations with what was told."""

import json
import struct
import sys
from fractions import Fraction

TOLERANCE = Fraction(1e-9)


def number(bits: str) -> Fraction:
    return Fraction(struct.unpack("<d", struct.pack("<Q", int(bits)))[0])


def exact(text: str) -> Fraction:
    body, exponent = text.split("p")
    return Fraction(int(body, 16)) * Fraction(2) ** int(exponent)


def violations(case: dict) -> list[tuple[str, Fraction]]:
    found: list[tuple[str, Fraction]] = []

    def at_most(family, terms, limit, scale=None):
        total = sum(terms, Fraction(0)) - limit
        size = scale if scale is not None else max([abs(limit)] + [abs(term) for term in terms])
        # The scale is the largest product as a double; a hair is all that can hang on that.
        if total > TOLERANCE * size:
            found.append((family, total))

    def at_least(family, terms, limit, scale=None):
        at_most(family, [-term for term in terms], -limit, scale)

    links = case["links"]
    flows = [number(link["flow"]) for link in links]
    opened = [flow > 0 or link["required"] for flow, link in zip(flows, links)]
    for flow, link, is_open in zip(flows, links, opened):
        upper = number(link["upper"])
        at_least("flow", [flow], Fraction(0), upper)
        at_most("capacity", [flow], upper)
        if is_open:
            at_least("lot", [flow], number(link["lower"]))
    taken = [measure for measure in case["measures"] if measure["taken"]]

    def partners(kind, index):
        ends = [link["source"] if kind == "output" else link["target"] for link in links]
        count = sum(is_open and end == [kind, index] for is_open, end in zip(opened, ends))
        if "partners" in case and count > case["partners"]:
            found.append(("partners", Fraction(count - case["partners"])))

    for index, supply in enumerate(case["supplies"]):
        terms = [f for f, link in zip(flows, links) if link["source"] == ["output", index]]
        terms += [-number(m["shift"]) for m in taken if m["output"] == index]
        at_most("supply", terms, number(supply))
        partners("output", index)
    for index, need in enumerate(case["needs"]):
        served = [
            f * number(link["ratio"]) for f, link in zip(flows, links)
            if link["target"] == ["input", index]
        ]
        shifts = [-number(m["shift"]) for m in taken if m["input"] == index]
        at_most("need", served + shifts, number(need))
        if case["least"] and number(case["least"][index]) > 0:
            at_least("cover", served, number(case["least"][index]))
        partners("input", index)
    for index, (capacity, _, _) in enumerate(case["facilities"]):
        here = ["facility", index]
        arriving = [(f, link) for f, link in zip(flows, links) if link["target"] == here]
        at_most("facilityCapacity", [f for f, _ in arriving], number(capacity))
        balance = [f for f, link in zip(flows, links) if link["source"] == here]
        balance += [-f * number(link["ratio"]) for f, link in arriving]
        at_most("facilityBalance", balance, Fraction(0), number(capacity))
        at_least("facilityBalance", balance, Fraction(0), number(capacity))
    for blend in case["blends"]:
        at_most("blend", [flows[link] * number(excess) for link, excess in blend], Fraction(0))
    used = {
        end[1] for link, is_open in zip(links, opened) if is_open
        for end in (link["source"], link["target"]) if end[0] == "facility"
    }
    if "budget" in case:
        capital = [number(link["capital"]) for link, o in zip(links, opened) if o]
        capital += [number(case["facilities"][index][2]) for index in used]
        capital += [number(measure["capital"]) for measure in taken]
        at_most("budget", capital, number(case["budget"]))
    if "floor" in case:
        carbon = [f * number(link["carbon"]) for f, link in zip(flows, links)]
        carbon += [number(measure["carbon"]) for measure in taken]
        at_least("carbon", carbon, number(case["floor"]))
    case["used"] = used
    return found


def objective(case: dict) -> Fraction:
    total = Fraction(0)
    permits: set[int] = set()
    for link in case["links"]:
        flow = number(link["flow"])
        if flow > 0 or link["required"]:
            total += flow * number(link["money"]) - number(link["fixed"])
            permits |= set(link["permits"])
    total -= sum((number(case["permits"][index]) for index in permits), Fraction(0))
    total -= sum((number(case["facilities"][index][1]) for index in case["used"]), Fraction(0))
    for measure in case["measures"]:
        total += number(measure["money"]) if measure["taken"] else 0
    return total


def main() -> None:
    cases = json.load(open(sys.argv[1], encoding="utf-8"))
    for place, case in enumerate(cases):
        found = violations(case)
        told = [(family, exact(amount)) for family, amount in case["violations"]]
        if found != told:
            sys.exit(f"case {place}: found {found}\ntold {told}")
        total = objective(case)
        if Fraction(number(case["objective"])) != Fraction(total.numerator / total.denominator):
            sys.exit(f"case {place}: objective {float(total)!r}")
    print(f"{len(cases)} plans agree")


main()
