"""Attacks the programming interface of a server of its own for minutes, by its description.

    python3 Benchmarks/api.py [--server .build/release/lichen-server] [--examples 200]

Needs the judges of Tests/judges/requirements.txt. Fails at any 5xx, any status or body that the description does
not tell of, and any bad input that is taken.
"""

import argparse
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "Tests" / "judges"))
from serve_client import Client, Server  # noqa: E402


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--server", default=str(ROOT / ".build/release/lichen-server"))
    options.add_argument("--examples", default="200")
    options = options.parse_args()
    with Server(options.server, None, "--longest", "1") as server:
        client = Client(server.address)
        client.join(server.link)
        judge = subprocess.run(
            [sys.executable, ROOT / "Tests/judges/serve_api.py", "attack", server.root, options.examples],
            env={**os.environ, "LICHEN_TOKEN": client.token()}, check=False,
        )
        alive = server.process.poll() is None
    sys.exit(judge.returncode or not alive)


main()
