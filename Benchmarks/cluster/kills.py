"""Kills workers at random moments while they work, lets the rest be done, and compares with undisturbed work.

    python3 Benchmarks/cluster/kills.py [--lichen .build/release/lichen] [--kills 200] [--seed 1] [--enterprises 300]

Ends with an error if a killed worker left anything half-written, if a result is missing, or if flows or bound differ
by a byte.
"""

import argparse
import filecmp
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--lichen", default=str(ROOT / ".build/release/lichen"))
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--enterprises", type=int, default=300)
    options = options.parse_args()
    chance = random.Random(options.seed)

    def lichen(*words):
        run = subprocess.run([options.lichen, *map(str, words)], capture_output=True, text=True)
        if run.returncode:
            sys.exit(f"lichen {' '.join(map(str, words))} ended with {run.returncode}: {run.stderr}")
        return run.stdout

    with tempfile.TemporaryDirectory(prefix="lichen-kills-") as folder:
        folder = pathlib.Path(folder)
        instance = folder / "instance"
        lichen("bench", "generate", "--family", "clustered", "--enterprises", options.enterprises, "--seed", options.seed,
               "--variant", "BC", "-o", instance)
        for name in ["calm", "killed"]:
            lichen("shard", instance, "-o", folder / name, "--units", 6, "--block-links", 500, "--rounds", 2, "--effort", 100)
        manifest = json.loads((folder / "killed/manifest.json").read_text())
        longest = 0.0
        for stage in manifest["stages"]:
            for index in range(stage["first"], stage["first"] + stage["count"]):
                begin = time.monotonic()
                lichen("work", folder / "calm", index)
                longest = max(longest, time.monotonic() - begin)
        lichen("merge", folder / "calm", "-o", folder / "calm-plan")

        done = 0
        left = options.kills
        for stage in manifest["stages"]:
            units = list(range(stage["first"], stage["first"] + stage["count"]))
            # Each stage has its share of the kills; workers of one unit may be two at a time.
            for _ in range(left if stage is manifest["stages"][-1] else options.kills // len(manifest["stages"])):
                left -= 1
                index = chance.choice(units)
                workers = [
                    subprocess.Popen([options.lichen, "work", str(folder / "killed"), str(index)],
                                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                    for _ in range(chance.choice([1, 1, 2]))]
                time.sleep(chance.random() * longest)
                for worker in workers:
                    done += worker.poll() is not None
                    worker.kill()
                    worker.wait()
                # Half of what was done is lost with its disk, so that there is always something to kill.
                result = folder / "killed/results" / str(index)
                if result.exists() and chance.random() < 0.5:
                    result.unlink()
            for index in units:
                lichen("work", folder / "killed", index)
        lichen("merge", folder / "killed", "-o", folder / "killed-plan")
        for name in ["flows.csv", "plan.json"]:
            if not filecmp.cmp(folder / "calm-plan" / name, folder / "killed-plan" / name, shallow=False):
                sys.exit(f"{name} differs from that of undisturbed work")
        units = sum(stage["count"] for stage in manifest["stages"])
        print(f"{options.kills} kills over {units} units, {done} workers had ended before: plan and bound as without, to the byte")


main()
