#!/usr/bin/env python3
"""An algorithm for `lichen bench`, in plain Python: the best value per unit first.

    lichen bench --set short --command mine='python3 Benchmarks/examples/greedy.py'

Called as: greedy.py INSTANCE_FOLDER OUTPUT_FOLDER SECONDS SEED THREADS. Reads the tables of the instance
(see Benchmarks/FORMAT.md), writes plan.csv (id,quantity) and progress.csv (seconds,incumbent,bound)
into the output folder. Single links only: legs to facilities stay closed. It keeps supplies, demands,
capacities, lots, partners and the budget, and pays permits on first use; it takes no efficiency
measures. Where something must be reached that it does not reach - a covered demand, a CO2 floor, a
required link, a blend - it writes no plan.csv, which means "no plan".
"""

import csv
import json
import math
import sys
import time
from pathlib import Path


def table(folder: Path, name: str) -> list[dict[str, str]]:
    path = folder / name
    if not path.exists():
        return []
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def number(text: str | None, otherwise: float) -> float:
    return float(text) if text else otherwise


def main() -> None:
    instance, output = Path(sys.argv[1]), Path(sys.argv[2])
    deadline = time.monotonic() + float(sys.argv[3])
    start = time.monotonic()
    settings = json.loads((instance / "instance.json").read_text(encoding="utf-8"))
    supply = {row["id"]: float(row["supply"]) for row in table(instance, "outputs.csv")}
    demand = {row["id"]: float(row["demand"]) for row in table(instance, "inputs.csv")}
    permit_cost = {row["id"]: float(row["cost"]) for row in table(instance, "permits.csv")}
    budget = settings.get("budget")
    budget = math.inf if budget is None else budget
    most_partners = settings.get("max_partners")
    most_partners = math.inf if most_partners is None else most_partners
    partners: dict[str, int] = {}
    held: set[str] = set()
    plan: list[tuple[str, float]] = []
    value = avoided = 0.0

    def ranked(link: dict[str, str]) -> float:
        ratio = float(link["ratio"])
        most = min(supply[link["output"]], demand[link["input"]] / ratio)
        most = min(most, number(link.get("capacity"), math.inf))
        if most <= 0:
            return -math.inf
        return float(link["benefit"]) - number(link.get("fixed"), 0) / most

    for link in sorted(table(instance, "links.csv"), key=ranked, reverse=True):
        if time.monotonic() > deadline:
            break
        giver, taker, ratio = link["output"], link["input"], float(link["ratio"])
        most = min(supply[giver], demand[taker] / ratio, number(link.get("capacity"), math.inf))
        permits = [name for name in (link.get("permit") or "").split() if name not in held]
        capital = number(link.get("capex"), 0)
        gain = float(link["benefit"]) * most - number(link.get("fixed"), 0)
        gain -= sum(permit_cost[name] for name in permits)
        full = max(partners.get("o " + giver, 0), partners.get("i " + taker, 0)) >= most_partners
        if gain <= 0 or most < number(link.get("minimum"), 0) or full or capital > budget:
            continue
        supply[giver] -= most
        demand[taker] -= most * ratio
        for end in ("o " + giver, "i " + taker):
            partners[end] = partners.get(end, 0) + 1
        held.update(permits)
        budget -= capital
        value += gain
        avoided += number(link.get("co2"), 0) * most
        plan.append((link["id"], most))

    floor = settings.get("co2_floor")
    inputs = table(instance, "inputs.csv")
    served = {row["id"]: float(row["demand"]) - demand[row["id"]] for row in inputs}
    links = table(instance, "links.csv")
    required = {row["id"] for row in links if row.get("required") in ("yes", "true", "1")}
    if (
        any(served[row["id"]] < number(row.get("least"), 0) for row in inputs)
        or (floor is not None and avoided < floor)
        or not required <= {link for link, _ in plan}
        or table(instance, "blends.csv")
    ):
        return

    with open(output / "plan.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "quantity"])
        writer.writerows((link, repr(quantity)) for link, quantity in plan)
    with open(output / "progress.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["seconds", "incumbent", "bound"])
        writer.writerow([repr(time.monotonic() - start), repr(value), ""])


main()
