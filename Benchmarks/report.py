#!/usr/bin/env python3
"""How long a report of 200 enterprises and about 1,500 planned exchanges takes, and how large it is.

    python3 Benchmarks/report.py [--lichen .build/release/lichen] [--keep FOLDER]

Makes a park of 20 clusters, too far apart to exchange anything, each of ten firms that give and take twelve
pairs of materials (no such park exists), plans it once, and writes its page without a search (`lichen report`)
in one language and in two. The command reads the plan and checks it against its declarations before it writes;
the second language costs a page and nothing else. Seconds are of the processor, so that they do not depend on
what else the machine does, best of three. Fails when the command takes 5 s or more for one language, the page
has 5 MB or more, or the plan is not of that size.
"""

import argparse
import csv
import json
import pathlib
import random
import resource
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
CLUSTERS, FIRMS = 20, 10
PAIRS = [
    ("cooling_water", "process_water", "m3", 400_000), ("coal_fly_ash", "clay", "t", 30_000),
    ("steel_slag_bof", "limestone", "t", 40_000), ("spent_solvent", "virgin_solvent", "t", 800),
    ("fgd_gypsum", "natural_gypsum", "t", 20_000), ("rice_husk_ash", "silica_sand", "t", 9_000),
    ("waste_caustic", "caustic_soda", "t", 3_000), ("coal_bottom_ash", "gravel_aggregate", "t", 25_000),
    ("copper_slag", "iron_ore", "t", 20_000), ("lime_kiln_dust", "quicklime", "t", 4_000),
    ("tyres", "coal", "t", 3_000), ("pickling_acid_hcl", "hydrochloric_acid", "t", 3_000),
]
MOST_SECONDS, MOST_BYTES = 5.0, 5_000_000


def table(folder, name, header, lines):
    with open(folder / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(lines)


def make(folder):
    chance = random.Random(1)
    sites, outputs, inputs = [], [], []
    for cluster in range(CLUSTERS):
        place = (40 + 4 * (cluster % 5), 4 * (cluster // 5))
        for firm in range(FIRMS):
            name = f"c{cluster + 1}f{firm + 1}"
            sites.append([
                name, f"Works {firm + 1} of cluster {cluster + 1}", "C20",
                f"{place[0] + chance.gauss(0, 0.02):.5f}", f"{place[1] + chance.gauss(0, 0.02):.5f}",
            ])
            for number, (given, taken, unit, amount) in enumerate(PAIRS):
                quantity = f"{amount * chance.uniform(0.4, 1.6):.4g}"
                # Every firm gives one half of the pairs and takes the other, turn about.
                if (number + firm) % 2 == 0:
                    outputs.append([f"{name}-o{number}", name, given, quantity, f"{unit}/yr"])
                else:
                    inputs.append([f"{name}-i{number}", name, taken, quantity, f"{unit}/yr"])
    folder.mkdir(parents=True)
    package = {
        "name": "report-bench", "title": "Made-up region of 200 enterprises",
        "lichen": {
            "format": 1, "jurisdiction": "EU", "currency": "EUR", "base_year": 2024,
            "price_year": 2024, "law_date": "2025-01-01",
        },
        "resources": [
            {"name": name, "path": f"{name}.csv"} for name in ("enterprises", "outputs", "inputs")
        ],
    }
    (folder / "datapackage.json").write_text(json.dumps(package, indent=1) + "\n")
    table(folder, "enterprises", ["id", "name", "isic", "lat", "lon"], sites)
    header = ["id", "enterprise", "material", "quantity", "unit"]
    table(folder, "outputs", header, outputs)
    table(folder, "inputs", header, inputs)


def run(words):
    """Runs a command; seconds of the processor that it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, words))} failed:\n{done.stderr}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--lichen", default=ROOT / ".build/release/lichen")
    parser.add_argument("--keep", type=pathlib.Path, help="new folder for park and report")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or pathlib.Path(scratch) / "bench"
        park, plan, page = folder / "park", folder / "plan", folder / "report"
        make(park)
        run([options.lichen, "match", park, "-o", plan, "--time-limit", "30", "--gap", "0.001"])
        with open(plan / "exchanges.csv", encoding="utf-8") as file:
            planned = sum(1 for _ in csv.DictReader(file))
        write = [options.lichen, "report", plan, "-o", page, "--format", "html", "--lang"]
        pairs = [(run(write + ["en"]), run(write + ["en,vi"])) for _ in range(3)]
        one, two = (min(times) for times in zip(*pairs))
        size = (page / "report.html").stat().st_size
    seconds = two - one
    if seconds <= 0:
        sys.exit("The machine is too busy to tell; run it again when it rests.")
    print(
        f"{CLUSTERS * FIRMS} enterprises, {planned} planned exchanges: page {seconds:.2f} s, {size:,} bytes; "
        f"reading and checking the plan before it {one - seconds:.2f} s")
    if not 1_300 <= planned <= 1_700:
        sys.exit("The plan is not of the size that the bench is about.")
    if one >= MOST_SECONDS or size >= MOST_BYTES:
        sys.exit(f"A report may take {MOST_SECONDS:.0f} s and {MOST_BYTES:,} bytes.")


if __name__ == "__main__":
    main()
