#!/usr/bin/env python3
"""How long each analysis takes, beside planning alone in the same run.

    python3 Benchmarks/analyses.py [--lichen .build/release/lichen] [--update Benchmarks/RESULTS.md]

Runs every command on three shipped parks, on the largest shipped cluster and on a made-up park of 30 firms
(region_park.py), each with its report. Seconds are wall clock with all that a command does: reading, planning,
asking, writing; the ratio is to `lichen match` on the same park, whose report every command writes too.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
PARKS = ["kalundborg", "kwinana", "deep-c", "mekong-agro"]
COMMANDS = [
    "match", "compare", "pareto", "alternatives", "stress", "share", "barriers", "shadow", "finance",
    "roadmap", "periods", "indicators", "monitor", "board",
]


def seconds(lichen, command, park, folder):
    words = [lichen, command, str(park)]
    if command == "compare" and not (park / "scenarios").is_dir():
        return None
    start = time.monotonic()
    done = subprocess.run(
        words + ["-o", folder], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(words)} failed:\n{done.stderr}")
    return time.monotonic() - start


def table(lichen):
    with tempfile.TemporaryDirectory() as folder:
        made = pathlib.Path(folder) / "thirty-firms"
        subprocess.run(
            [sys.executable, ROOT / "Benchmarks/region_park.py", "30", made, "--streams", "3"],
            check=True, stdout=subprocess.DEVNULL)
        parks = [ROOT / "data/parks" / name for name in PARKS] + [made]
        times = {
            command: [seconds(lichen, command, park, f"{folder}/out") for park in parks]
            for command in COMMANDS
        }
    names = PARKS + ["30 firms"]
    lines = [
        "| command | " + " | ".join(f"{name} s | ratio" for name in names) + " |",
        "|---|" + "--:|--:|" * len(names),
    ]
    for command in COMMANDS:
        cells = []
        for taken, base in zip(times[command], times["match"]):
            cells.append("– | –" if taken is None else f"{taken:.2f} | {taken / base:.1f}")
        lines.append(f"| {command} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lichen", default=str(ROOT / ".build/release/lichen"))
    parser.add_argument("--update")
    arguments = parser.parse_args()
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True
    ).stdout.strip()
    text = f"Commit {commit}, {os.cpu_count()} cores.\n\n" + table(arguments.lichen)
    print(text)
    if arguments.update:
        path = pathlib.Path(arguments.update)
        page = path.read_text(encoding="utf-8")
        page = re.sub(
            r"(<!-- analyses -->\n).*?(<!-- end of analyses -->)",
            lambda match: f"{match.group(1)}{text}\n{match.group(2)}", page, flags=re.S)
        path.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
