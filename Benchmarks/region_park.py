#!/usr/bin/env python3
"""Writes the folder of a large park: clusters of typical plants, with real materials.

    python3 Benchmarks/region_park.py ENTERPRISES FOLDER [--seed 1] [--streams 2] [--km2 3000]

Each enterprise is a sector of data/catalogue/sectors.csv and gives and takes up to --streams of that
sector's streams (blueprints.csv), scaled by a size between small and large. Clusters of up to 30 sites stand
in a box that grows with the number of enterprises, --km2 each, so that candidates grow in proportion.
Made to measure time and memory (`lichen match FOLDER --time-limit 20`); no such region exists.
"""

import argparse
import csv
import json
import math
import pathlib
import random

CATALOGUE = pathlib.Path(__file__).resolve().parents[1] / "data" / "catalogue"
KM_PER_DEGREE = 111.2
CLUSTER = 30


def rows(name):
    with open(CATALOGUE / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(folder, name, header, lines):
    with open(folder / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(lines)


def size(sector, chance):
    """Log-uniform between the sector's small and large plant."""
    low, high = float(sector["small"]), float(sector["large"])
    return math.exp(chance.uniform(math.log(low), math.log(high)))


def streams(sector, blueprint, direction, most, chance):
    usable = [
        row for row in blueprint.get((sector["id"], direction), [])
        if row["material"] and float(row["typical"] or 0) > 0
    ]
    return chance.sample(usable, min(most, len(usable)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("enterprises", type=int)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--streams", type=int, default=2, help="most per enterprise and direction")
    parser.add_argument("--km2", type=float, default=3000, help="area per enterprise")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    blueprint = {}
    for row in rows("blueprints"):
        blueprint.setdefault((row["sector"], row["direction"]), []).append(row)
    sectors = [row for row in rows("sectors") if (row["id"], "output") in blueprint]

    area = options.enterprises * options.km2 / KM_PER_DEGREE**2
    height = min(100.0, math.sqrt(area))
    width = min(358.0, area / height)
    sites, outputs, inputs = [], [], []
    place = (0.0, 0.0)
    left = 0
    for index in range(options.enterprises):
        if left == 0:
            left = chance.randint(1, CLUSTER)
            place = (chance.uniform(-height / 2, height / 2), chance.uniform(-width / 2, width / 2))
        left -= 1
        sector = chance.choice(sectors)
        name = f"e{index + 1}"
        sites.append([
            name, f"{sector['name_en']} {index + 1}", sector["isic"],
            f"{place[0] + chance.gauss(0, 0.02):.5f}", f"{place[1] + chance.gauss(0, 0.02):.5f}",
        ])
        amount = size(sector, chance)
        for number, row in enumerate(streams(sector, blueprint, "output", options.streams, chance)):
            outputs.append([
                f"{name}-o{number + 1}", name, row["stream"], row["material"],
                f"{amount * float(row['typical']):.4g}", f"{row['unit']}/yr", row["current_route"],
            ])
        for number, row in enumerate(streams(sector, blueprint, "input", options.streams, chance)):
            inputs.append([
                f"{name}-i{number + 1}", name, row["stream"], row["material"],
                f"{amount * float(row['typical']):.4g}", f"{row['unit']}/yr",
            ])

    options.folder.mkdir(parents=True, exist_ok=True)
    package = {
        "name": f"region-{options.enterprises}-{options.seed}",
        "title": f"Made-up region of {options.enterprises} enterprises",
        "lichen": {
            "format": 1, "jurisdiction": "EU", "currency": "EUR", "base_year": 2024,
            "price_year": 2024, "law_date": "2025-01-01",
        },
        "resources": [
            {"name": name, "path": f"{name}.csv"} for name in ("enterprises", "outputs", "inputs")
        ],
    }
    (options.folder / "datapackage.json").write_text(json.dumps(package, indent=1) + "\n")
    table(options.folder, "enterprises", ["id", "name", "isic", "lat", "lon"], sites)
    table(
        options.folder, "outputs",
        ["id", "enterprise", "name", "material", "quantity", "unit", "current_route"], outputs)
    table(
        options.folder, "inputs", ["id", "enterprise", "name", "material", "quantity", "unit"],
        inputs)


if __name__ == "__main__":
    main()
