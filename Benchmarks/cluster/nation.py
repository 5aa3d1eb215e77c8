"""A made-up nation from an empty folder to tables of exchanges: on local cores, and on a Slurm whose node is killed and whose
controller is restarted on the way. All must write the same bytes.

    python3 Benchmarks/cluster/nation.py [--lichen .build/release/lichen] [--enterprises 100000] [--seed 1] [--units 64]
        [--effort 2000] [--rounds 1] [--cores 1,2] [--one-process] [--no-slurm]

With --one-process the nation is also done on one core with one unit of plans, and as few of candidates as may be: nothing is cut, and the largest component has as much
effort as its blocks had together. What that costs less than the units is the price of dividing.

Needs root, slurm-wlm and munge unless --no-slurm is given. Prints what each step took.
"""

import argparse
import filecmp
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from scale import Use, size, work  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def tell(step, use, extra=""):
    print(f"{step:<28} {use.wall:8.1f} s  {use.cpu:8.1f} CPU s  {use.memory:7.0f} MB  {extra}", flush=True)


def same(one, other):
    for path in sorted(one.iterdir()):
        if not filecmp.cmp(path, other / path.name, shallow=False):
            sys.exit(f"{path.name} differs between {one.name} and {other.name}")


def disturb(slurm, folder, manifest, ended):
    """Kills a node once the first plans are there, restarts the controller, and gives the node back."""
    plan = next(stage for stage in manifest["stages"] if stage["kind"] == "plan")

    def done():
        return sum((folder / "results" / str(index)).exists() for index in range(plan["first"], plan["first"] + plan["count"]))

    while not ended.is_set() and done() < plan["count"] // 8:
        time.sleep(1)
    for words in (["kill", "lichen2"], ["restart"], ["revive", "lichen2"]):
        if ended.is_set():
            print("the work ended before it could be disturbed", flush=True)
            return
        slurm(words[0], *words[1:])
        print(f"  Slurm: {' '.join(words)} after {done()} of {plan['count']} plans", flush=True)
        ended.wait(20)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--lichen", default=str(ROOT / ".build/release/lichen"))
    options.add_argument("--enterprises", type=int, default=100_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--units", type=int, default=64)
    options.add_argument("--effort", type=int, default=2_000)
    options.add_argument("--rounds", type=int, default=1)
    options.add_argument("--cores", default="2", help="how many to work on, 1,2 for one run of each")
    options.add_argument("--one-process", action="store_true")
    options.add_argument("--no-slurm", action="store_true")
    options = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="lichen-nation-") as folder:
        folder = pathlib.Path(folder)
        made = Use()
        made.run(options.lichen, "bench", "nation", "--enterprises", options.enterprises, "--seed", options.seed, "-o", folder / "nation")
        tell("nation", made, f"{size(folder / 'nation'):.0f} MB")
        available = os.sched_getaffinity(0)
        limits = ["--units", options.units, "--rounds", options.rounds, "--effort", options.effort]

        def done(name, cores, *limits):
            """Divides, works and merges; how many blocks the largest component would be cut into."""
            os.sched_setaffinity(0, sorted(available)[-cores:])
            local = folder / name
            print(f"{name}:", flush=True)
            divided, joined = Use(), Use()
            divided.run(options.lichen, "shard", folder / "nation", "-o", local, *limits)
            tell("shard", divided, f"{size(local / 'units'):.0f} MB of units")
            worked = work(options.lichen, local, cores, tell)
            tell("work, all stages", worked, f"{size(local / 'units') + size(local / 'results'):.0f} MB of units and results")
            print(joined.run(options.lichen, "merge", local, "-o", folder / f"{name}-plan"), end="")
            tell("merge", joined)
            print(f"in all {divided.wall + worked.wall + joined.wall:.1f} s, {divided.cpu + worked.cpu + joined.cpu:.1f} CPU s", flush=True)
            largest = max(part["links"] for part in json.loads((folder / f"{name}-plan/plan.json").read_text())["components"])
            block = json.loads((local / "manifest.json").read_text())["limits"]["blockLinks"]
            shutil.rmtree(local)
            return -(-largest // block) if block else 1

        runs = [int(cores) for cores in options.cores.split(",")]
        for cores in runs:
            blocks = done(f"on {cores}", cores, *limits)
            same(folder / f"on {runs[0]}-plan", folder / f"on {cores}-plan")
        if options.one_process:
            done("one process", 1, "--units", 1, "--candidate-units", 1, "--block-links", 0, "--rounds", 1,
                 "--effort", options.effort * (blocks + 1))
        os.sched_setaffinity(0, available)
        if options.no_slurm:
            return
        cluster = folder / "cluster"
        Use().run(options.lichen, "shard", folder / "nation", "-o", cluster, *limits)
        manifest = json.loads((cluster / "manifest.json").read_text())

        def slurm(action, *words):
            subprocess.run(["bash", str(ROOT / "Benchmarks/cluster/slurm.sh"), action, str(folder / "slurm"), *words], check=True,
                           stdout=subprocess.DEVNULL)

        slurm("start", "2")
        try:
            os.environ["SLURM_CONF"] = str(folder / "slurm/slurm.conf")
            Use().run(options.lichen, "cluster", "submit", cluster, "--engine", "slurm")
            ended = threading.Event()
            watcher = threading.Thread(target=disturb, args=[slurm, cluster, manifest, ended])
            watcher.start()
            collected = Use()
            try:
                collected.run(options.lichen, "cluster", "collect", cluster, "-o", folder / "cluster-plan", "--poll", 2)
            finally:
                ended.set()
                watcher.join()
            tell("Slurm, submit to merge", collected)
        finally:
            slurm("stop")
        same(folder / f"on {runs[0]}-plan", folder / "cluster-plan")
        print("Slurm and local cores wrote the same files, byte for byte")


main()
