#!/usr/bin/env python3
"""Reading pages of the server at 100 connections while it searches.

    python3 Benchmarks/serve.py [--server .build/release/lichen-server] [--seconds 30]

Starts a server on a free loopback port with a database of its own, signs in, keeps it searching (runs of a large
park, one after the other), and lets wrk (Debian package `wrk`) read pages over 100 connections. Prints requests, errors and
memory, for each page beside the health page of the same server (which needs no session and no template): the ratio
tells what a page costs. Fails on any error or when memory is not bounded.
"""

import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import threading
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "Tests" / "judges"))
from serve_client import Client, Server, memory  # noqa: E402

MOST_MEMORY = 1_000_000_000


def search(address, cookie, stop):
    """One run after the other until told to stop."""
    client = Client(address, cookie)
    while not stop.is_set():
        client.request("GET", "/parks/map-ta-phut/room")
        for price in range(20, 200, 5):
            if stop.is_set():
                return
            query = urllib.parse.urlencode({"carbon_price": price})
            client.request("GET", f"/parks/map-ta-phut/room?{query}")


def measure(address, cookie, path, seconds):
    done = subprocess.run(
        ["wrk", "-t", "2", "-c", "100", "-d", f"{seconds}s", "--timeout", "10s", "-H", f"Cookie: lichen={cookie}",
         f"http://{address}{path}"], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"wrk failed: {done.stderr}")
    rate = float(re.search(r"Requests/sec:\s+([0-9.]+)", done.stdout).group(1))
    faults = re.findall(r"Non-2xx or 3xx responses: \d+|Socket errors: .*", done.stdout)
    return rate, faults


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--server", default=ROOT / ".build/release/lichen-server")
    parser.add_argument("--seconds", type=int, default=30)
    options = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("wrk is missing: apt-get install wrk")
    with Server(options.server) as server:
        client = Client(server.address)
        client.join(server.link)
        stop = threading.Event()
        searcher = threading.Thread(target=search, args=(server.address, client.cookie, stop))
        searcher.start()
        before = memory(server.process.pid)
        failed = False
        base = None
        for path in ["/health", "/", "/parks/kalundborg", "/people"]:
            rate, faults = measure(server.address, client.cookie, path, options.seconds)
            base = base or rate
            failed = failed or bool(faults)
            print(
                f"{path}: {rate:,.0f} requests/s, {rate / base:.2f} of /health, errors: {faults or 'none'}, "
                f"memory {memory(server.process.pid) / 1e6:.0f} MB")
        after = memory(server.process.pid)
        stop.set()
        searcher.join()
    print(f"memory {before / 1e6:.0f} MB before, {after / 1e6:.0f} MB after")
    if failed or after > MOST_MEMORY:
        sys.exit("Errors, or memory beyond 1 GB.")


if __name__ == "__main__":
    main()
