"""Plans in units beside the same plan in one process: seconds, memory, bytes and gap, on one core and on two.

    python3 Benchmarks/cluster/scale.py [--lichen .build/release/lichen] [--enterprises 20000,100000] [--family clustered]
        [--effort 20000] [--block-links 50000] [--rounds 1] [--units 16]

One process has as much effort for its largest component as all blocks together have, so that the two do like work.
Prints a table in Markdown.
"""

import argparse
import json
import os
import pathlib
import queue
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


class Use:
    """What processes have used."""

    def __init__(self):
        self.cpu = self.wall = self.memory = self.longest = 0.0

    def run(self, *words):
        begin = time.monotonic()
        process = subprocess.Popen([str(word) for word in words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        output, errors = process.stdout.read(), process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        if status:
            sys.exit(f"{' '.join(map(str, words))}: {errors}")
        cpu = used.ru_utime + used.ru_stime
        self.cpu += cpu
        self.longest = max(self.longest, cpu)
        self.wall += time.monotonic() - begin
        self.memory = max(self.memory, used.ru_maxrss / 1024)
        return output


def size(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def work(lichen, folder, workers, tell=lambda name, use, extra: None):
    """Works on all stages, some units at a time; what all of them used, and the wall time."""
    manifest = json.loads((folder / "manifest.json").read_text())
    whole = Use()
    begin = time.monotonic()
    for stage in manifest["stages"]:
        started = time.monotonic()
        waiting = queue.SimpleQueue()
        for index in range(stage["first"], stage["first"] + stage["count"]):
            waiting.put(index)
        uses = [Use() for _ in range(workers)]
        failures = []

        def loop(use):
            while not failures:
                try:
                    use.run(lichen, "work", folder, waiting.get_nowait())
                except queue.Empty:
                    return
                except SystemExit as failure:
                    failures.append(failure)

        threads = [threading.Thread(target=loop, args=[use]) for use in uses]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if failures:
            raise failures[0]
        stage_use = Use()
        stage_use.wall = time.monotonic() - started
        stage_use.cpu = sum(use.cpu for use in uses)
        stage_use.memory = max(use.memory for use in uses)
        mean, longest = stage_use.cpu / stage["count"], max(use.longest for use in uses)
        tell(f"  {stage['kind']}, {stage['count']} units", stage_use, f"of one unit at most; CPU s of a unit: {mean:.1f}, at most {longest:.1f}")
        whole.cpu += stage_use.cpu
        whole.memory = max(whole.memory, stage_use.memory)
    whole.wall = time.monotonic() - begin
    return whole


def planned(lichen, instance, place, workers, *limits):
    made, joined = Use(), Use()
    made.run(lichen, "shard", instance, "-o", place, *limits)
    worked = work(lichen, place, workers)
    joined.run(lichen, "merge", place, "-o", place / "plan")
    plan = json.loads((place / "plan/plan.json").read_text())
    return made, worked, joined, plan, size(place / "units") + size(place / "results")


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--lichen", default=str(ROOT / ".build/release/lichen"))
    options.add_argument("--enterprises", default="20000,100000")
    options.add_argument("--family", default="nation")
    options.add_argument("--effort", type=int, default=20_000)
    options.add_argument("--block-links", type=int, default=50_000)
    options.add_argument("--rounds", type=int, default=1)
    options.add_argument("--units", type=int, default=16)
    options = options.parse_args()
    print("| enterprises | links | how | cores | units | shard s | work s | merge s | CPU s | MB a unit | MB to merge | MB moved | value | gap |")
    print("|--:|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory(prefix="lichen-scale-") as folder:
        folder = pathlib.Path(folder)
        for count in options.enterprises.split(","):
            instance = folder / f"instance-{count}"
            Use().run(options.lichen, "bench", "generate", "--family", options.family, "--enterprises", count,
                      "--seed", 1, "-o", instance)

            def row(how, workers, *limits):
                place = folder / f"{count}-{how.replace(' ', '-')}-{workers}"
                made, worked, joined, plan, moved = planned(options.lichen, instance, place, workers, *limits)
                stages = json.loads((place / "manifest.json").read_text())["stages"]
                links = sum(part["links"] for part in plan["components"])
                cpu = made.cpu + worked.cpu + joined.cpu
                print(f"| {count} | {links} | {how} | {workers} | {sum(s['count'] for s in stages)} | {made.wall:.1f} | "
                      f"{worked.wall:.1f} | {joined.wall:.1f} | {cpu:.1f} | {worked.memory:.0f} | {joined.memory:.0f} | {moved:.1f} | "
                      f"{plan['objective']:.6g} | {plan['gap']:.3%} |", flush=True)
                return [part["links"] for part in plan["components"]]

            units = ["--units", options.units, "--rounds", options.rounds, "--effort", options.effort,
                     "--block-links", options.block_links]
            parts = row("units", 1, *units)
            row("units", 2, *units)
            blocks = -(-max(parts) // options.block_links)
            row("one process", 1, "--units", 1, "--block-links", 0, "--effort", options.effort * (blocks + 1))


if __name__ == "__main__":
    main()
