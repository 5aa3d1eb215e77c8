"""Recomputes a plan's ledgers from the CSV tables alone and compares every line and total.

Written against the documentation, not the engine: docs/model.md. Typical values only.
usage: ledger.py DATA_FOLDER PARK_FOLDER PLAN_JSON
"""

import csv
import json
import math
import sys

DATA, PARK, PLAN = sys.argv[1:4]


def table(path, key=None):
    try:
        rows = list(csv.DictReader(open(path, encoding="utf-8", newline="")))
    except FileNotFoundError:
        rows = []
    return {row[key]: row for row in rows} if key else rows


def number(text, default=None):
    return float(text) if text not in ("", None) else default


def typical(row, prefix=""):
    """Typical value; the middle of the range where only the range is known."""
    middle = number(row.get(f"{prefix}typical" if prefix else "typical"))
    if middle is None:
        middle = number(row.get("value") or row.get("rate"))
    if middle is None:
        low, high = number(row[f"{prefix}low"]), number(row[f"{prefix}high"])
        middle = (low + high) / 2 if low is not None and high is not None else low or high
    return middle


catalogue = f"{DATA}/catalogue"
materials = table(f"{catalogue}/materials.csv", "id")
categories = table(f"{catalogue}/categories.csv", "id")
routes = table(f"{catalogue}/routes.csv", "id")
factors = table(f"{catalogue}/factors.csv", "id")
costs = table(f"{catalogue}/costs.csv", "id")
parameters = table(f"{catalogue}/parameters.csv", "id")
defaults = table(f"{catalogue}/defaults.csv")
units = table(f"{catalogue}/units.csv", "id")
rates = sorted(table(f"{catalogue}/exchange_rates.csv"), key=lambda r: r["id"])
regions = table(f"{catalogue}/jurisdictions.csv", "code")
modes = table(f"{catalogue}/transport.csv", "mode")
rules = table(f"{catalogue}/rules.csv", "id")
park = json.load(open(f"{PARK}/datapackage.json", encoding="utf-8"))["lichen"]
outputs = table(f"{PARK}/outputs.csv", "id")
inputs = table(f"{PARK}/inputs.csv", "id")
sites = table(f"{PARK}/enterprises.csv", "id")
distances = table(f"{PARK}/distances.csv")
properties = {(r["stream"], r["property"]): r for r in table(f"{PARK}/properties.csv")}
overrides = table(f"{PARK}/overrides.csv", "key")
plan = json.load(open(PLAN, encoding="utf-8"))
CURRENCY = park["currency"]
assert not overrides, "this judge does not read overrides"


def fx(source, target, year):
    """Chain of quotations nearest in year, breadth first, ties alphabetical."""
    if source == target:
        return 1.0
    frontier, seen = [(source, 1.0)], {source}
    for _ in range(3):
        step = []
        for currency, factor in frontier:
            best = {}
            for row in rates:
                for a, b, value in ((row["base"], row["quote"], typical(row)), (row["quote"], row["base"], 1 / typical(row))):
                    if a != currency:
                        continue
                    distance = (abs(int(row["year"]) - year), int(row["year"])) if year else (-int(row["year"]), 0)
                    if b not in best or distance < best[b][0]:
                        best[b] = (distance, value)
            for other in sorted(best):
                if other in seen:
                    continue
                if other == target:
                    return factor * best[other][1]
                seen.add(other)
                step.append((other, factor * best[other][1]))
        frontier = step
    raise SystemExit(f"no rate from {source} to {target}")


def lineage(material):
    chain = []
    while material and material not in chain:
        chain.append(material)
        material = (materials.get(material) or categories.get(material))["parent"]
    return chain


def region_chain():
    chain, code = [], park["jurisdiction"]
    while code:
        chain.append(code)
        code = regions[code]["parent"]
    return chain + (["GLOBAL"] if "GLOBAL" not in chain else [])


def default(role, material=None):
    for candidate in lineage(material) if material else [""]:
        rows = [r for r in defaults if r["role"] == role and r["material"] == candidate]
        for region in region_chain():
            for row in rows:
                if row["region"] == region:
                    return row["entries"].split(";")
        if rows:
            return min(rows, key=lambda r: r["region"])["entries"].split(";")
    return None


BASE = {"mass": "t", "volume": "m3", "energy": "GJ", "normal_volume": "Nm3", "dry_mass": "t_dry"}


def convert(material, source, target):
    """One `source` in `target` units of a material, by way of tonnes; None if a property lacks."""
    if source == target:
        return 1.0
    row = materials.get(material, {})

    def tonnes(unit):
        dimension = units[unit]["dimension"]
        if dimension == "volume" and row.get("phase") == "gas":
            dimension = "normal_volume"
        per = {
            "mass": 1.0,
            "volume": number(row.get("density_t_per_m3")),
            "normal_volume": (number(row.get("normal_density_kg_per_nm3")) or 0) / 1000 or None,
            "energy": 1 / (number(row.get("heat_gj_per_t")) or number(row.get("lhv_gj_per_t")) or math.inf) or None,
        }.get(dimension)
        return None if not per else float(units[unit]["factor"]) * per

    if source not in units or target not in units:
        return None
    if units[source]["dimension"] == units[target]["dimension"]:
        return float(units[source]["factor"]) / float(units[target]["factor"])
    a, b = tonnes(source), tonnes(target)
    return None if a is None or b is None else a / b


def figure(role, material, unit, money):
    entries = default(role, material)
    if not entries:
        return None
    total = 0.0
    for entry in entries:
        row = (costs if money else factors)[entry]
        factor = 1.0 if row["per"] == unit else convert(material, unit, row["per"])
        if factor is None:
            return None
        value = typical(row) * factor
        total += value * fx(row["currency"], CURRENCY, int(row["year"])) if money else value
    return total


def parameter(role):
    return typical(parameters[default(role)[0]])


def lump(role):
    return sum(typical(costs[e]) * fx(costs[e]["currency"], CURRENCY, int(costs[e]["year"])) for e in default(role))


def share(role, material):
    return typical(parameters[default(role, material)[0]])


def content(material, rule):
    """GJ in one reference unit: to be burnt, or as usable heat."""
    row = materials[material]
    per_tonne = number(row["lhv_gj_per_t" if rule == "heating-value" else "heat_gj_per_t"])
    return per_tonne if row["unit"] == "t" else {"GJ": 1.0, "MWh": 3.6}[row["unit"]]


def computed(row, given, bought):
    """A row for families as a row of the two materials; cost, power and heat are per GJ there."""
    rule = row["ratio_rule"]
    energy = content(given, rule)
    use = share("boiler_efficiency" if rule == "heating-value" else "heat_use_efficiency", given if rule == "heating-value" else None)
    ratio = number(row["ratio"], 1.0) * energy * use / (content(bought, "heating-value") * share("boiler_efficiency", bought))
    scaled = {k: "" if row[k] == "" else str(float(row[k]) * energy) for k in ("cost_low", "cost_typical", "cost_high", "electricity_kwh", "heat_gj")}
    return dict(row, ratio=str(ratio), **scaled)


def nearest(given, bought):
    """The row, or computed row, of the nearest ancestors."""
    for source in lineage(given):
        for target in lineage(bought):
            for row in routes.values():
                if (row["output_material"], row["input_material"]) == (source, target):
                    return computed(row, given, bought) if row["ratio_rule"] else row
    return None


def route_of(x, given, bought):
    """Route, what is burnt of one unit of output and how much of it."""
    row = routes.get(x["route"])
    if row and not row["ratio_rule"]:
        return row, given, 1.0
    parts = x["route"].split("__")
    if len(parts) != 3:
        # The same material on both sides has neither a row nor a computed one.
        return nearest(given, bought), given, 1.0
    first, second = nearest(given, parts[1]), nearest(parts[1], bought)
    part = float(first["ratio"])
    if (first["cost_currency"], first["cost_year"]) != (second["cost_currency"], second["cost_year"]):
        raise SystemExit("a chain of two currencies has no cost")
    joined = dict(second, ratio=str(part * float(second["ratio"])), residue_share="")
    for column in ("cost_low", "cost_typical", "cost_high", "electricity_kwh", "heat_gj"):
        joined[column] = str(number(first[column], 0.0) + part * number(second[column], 0.0))
    return joined, parts[1], part


def annuity(rate, years):
    return 1 / years if rate == 0 else rate / (1 - (1 + rate) ** -years)


RATE = park.get("discount_rate") or parameter("discount_rate")
LINK = annuity(RATE, parameter("link_lifetime_years"))
KWH = figure("electricity_price", None, "kWh", True)
KWH_CO2 = figure("electricity_co2", None, "kWh", False)
HEAT_CO2 = figure("heat_co2", None, "GJ", False)


def distance(exchange):
    for row in distances:
        if (row["from"], row["to"], row["mode"]) == (exchange["from"], exchange["to"], exchange["mode"]):
            return float(row["km"])
    a, b = sites[exchange["from"]], sites[exchange["to"]]
    p1, p2 = math.radians(float(a["lat"])), math.radians(float(b["lat"]))
    dl = math.radians(float(b["lon"]) - float(a["lon"]))
    h = math.sin((p2 - p1) / 2) ** 2 + math.cos(p1) * math.cos(p2) * math.sin(dl / 2) ** 2
    km = 2 * 6371.0088 * math.asin(math.sqrt(h))
    detour = float(modes[exchange["mode"]]["detour"])
    if "road_detour" in park and park["road_detour"] and not exchange["mode"].startswith("pipe"):
        detour = park["road_detour"]
    return km * detour


def ledger(x):
    """Term -> (money, kg CO2e) per year; None is unknown."""
    out, inp = outputs[x["output"]], inputs[x["input"]]
    given, bought = out["material"], inp["material"]
    unit, want = materials[given]["unit"], materials[bought]["unit"]
    route, burnt, burnt_ratio = route_of(x, given, bought)
    ratio = float(route["ratio"]) if route else 1.0
    q, km, current = x["quantity"], distance(x) if x.get("mode") else None, out["current_route"] or "unknown"
    lines = {}

    if number(out["disposal_cost"]) is not None:
        raise SystemExit("declared disposal costs: extend this judge")
    money = 0.0 if current == "none" else None
    if current in ("landfill", "incineration", "unknown"):
        money = figure("disposal_cost", given, unit, True)
    carbon = {"none": 0.0, "sold": 0.0, "reused": 0.0}.get(current)
    if current in ("flare", "incineration"):
        carbon = figure("combustion_co2", given, unit, False)
    elif current in ("landfill", "unknown"):
        carbon = figure("disposal_co2", given, unit, False)
    lines["avoided-disposal"] = (money, carbon)

    price = figure("price", bought, want, True)
    if number(inp["price"]) is not None:
        raise SystemExit("declared prices: extend this judge")
    virgin = 0.0 if current in ("sold", "reused") else figure("virgin_co2", bought, want, False)
    lines["avoided-purchase"] = tuple(None if v is None else v * ratio for v in (price, virgin))

    mode = modes.get(x.get("mode") or "", {})
    fixed = {}
    if mode.get("cost_role"):
        t = convert(given, unit, "t")
        hazard = parameter("hazardous_haulage_multiplier") if materials[given]["hazardous"] == "yes" else 1.0
        lines["transport"] = (
            -figure(mode["cost_role"], None, "tkm", True) * t * km * hazard,
            -figure(mode["co2_role"], None, "tkm", False) * t * km,
        )
        lines["handling"] = (-figure(mode["handling_role"], None, "t", True) * t * hazard, 0.0)
    elif materials[given]["phase"] == "water" and mode:
        kwh = parameter("pump_kwh_per_m3_km") * convert(given, unit, "m3") * km
        lines["pumping"] = (-kwh * KWH, -kwh * KWH_CO2)
    if mode.get("capex_role"):
        capital = figure(mode["capex_role"], None, "m", True) * km * 1000
        fixed["capital"] = -capital * LINK
        fixed["maintenance"] = -capital * parameter("pipe_maintenance_share")
    fixed["transaction"] = -lump("transaction_cost")

    if route:
        cost = typical(route, "cost_") * fx(route["cost_currency"], CURRENCY, int(route["cost_year"]))
        lines["treatment"] = (-cost, 0.0)
        kwh, heat = number(route["electricity_kwh"], 0.0), number(route["heat_gj"], 0.0)
        if kwh or heat:
            lines["treatment-energy"] = (0.0, -kwh * KWH_CO2 - heat * HEAT_CO2)
    supply = properties.get((x["output"], "supply_electricity"))
    if supply:
        kwh = typical(supply) if number(supply["value"]) is not None else (float(supply["minimum"]) + float(supply["maximum"])) / 2
        lines["supply-power"] = (-kwh * KWH, -kwh * KWH_CO2)
    if route and route["use"] in ("fuel", "heat", "gas"):
        fuel = figure("combustion_co2", bought, want, False)
        if fuel is not None or route["ratio_rule"]:
            avoided = 0.0 if current in ("sold", "reused") else fuel
            lines["avoided-combustion"] = (0.0, None if avoided is None else avoided * ratio)
        stack = figure("combustion_co2", burnt, materials[burnt]["unit"], False)
        stack = None if stack is None else stack * burnt_ratio
        if route["use"] == "fuel" or (route["use"] == "gas" and "avoided-combustion" in lines and stack is not None):
            lines["combustion"] = (0.0, None if stack is None else -stack)
    yearly = {k: tuple(None if v is None else v * q for v in pair) for k, pair in lines.items()}
    yearly.update({k: (v, 0.0) for k, v in fixed.items()})
    return yearly


problems, money_sum, carbon_sum = [], 0.0, 0.0


def expect(place, stated, own):
    if (stated is None) != (own is None):
        problems.append(f"{place}: stated {stated}, recomputed {own}")
    elif own is not None and not math.isclose(stated, own, rel_tol=1e-9, abs_tol=1e-6):
        problems.append(f"{place}: stated {stated}, recomputed {own}")


for x in plan["exchanges"]:
    own = ledger(x)
    stated = {line["term"]: line for line in x["lines"]}
    if set(own) != set(stated):
        problems.append(f"{x['id']}: terms {sorted(stated)}, recomputed {sorted(own)}")
        continue
    for term, (money, carbon) in own.items():
        expect(f"{x['id']} {term} money", stated[term].get("money", {}).get("typical"), money)
        expect(f"{x['id']} {term} CO2e", stated[term].get("carbon_kg", {}).get("typical"), carbon)
        money_sum += money or 0.0
        carbon_sum += carbon or 0.0
for permit in plan["permits"]:
    rule = rules[permit["rule"]]
    known = any(rule[f"cost_{k}"] for k in ("low", "typical", "high"))
    cost = typical(rule, "cost_") * fx(rule["cost_currency"] or CURRENCY, CURRENCY, park.get("price_year")) if known else 0.0 if rule["effect"] == "notification" else lump("permit_cost")
    expect(f"permit {permit['rule']}", permit["one_off"]["typical"], cost)
    own = cost * annuity(RATE, parameter("permit_lifetime_years"))
    expect(f"permit {permit['rule']} yearly", permit["annual"]["typical"], own)
    money_sum -= own
expect("total money", plan["totals"]["money"]["typical"], money_sum)
expect("total CO2e", plan["totals"]["carbon_kg"]["typical"], carbon_sum)
print("\n".join(problems) or f"{len(plan['exchanges'])} exchanges agree")
sys.exit(bool(problems))
