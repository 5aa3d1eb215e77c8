"""Kills a server (SIGKILL) again and again while it writes, and looks for what it had acknowledged.

usage: serve_kill.py SERVER [--kills N] [--seed N] [--folder DIR]

Clients make invitations and ask for runs as fast as they can. After each kill the server is started again: every
change that was answered must be there, `PRAGMA integrity_check` must say ok, and a run has a plan if and only if it is
done.
"""

import argparse
import http.client
import json
import pathlib
import random
import shutil
import sqlite3
import sys
import tempfile
import threading
import time

from serve_client import Client, Server


def write(address, cookie, acknowledged, stop):
    """Makes invitations until the server dies; notes each that was answered."""
    try:
        client = Client(address, cookie)
        client.request("GET", "/people")
        while not stop.is_set():
            note = f"{random.getrandbits(48):012x}"
            status, text = client.request(
                "POST", "/people/invite", {"role": "expert", "park": "", "enterprise": "", "note": note})
            if status == 200:
                acknowledged.append(note)
    except (OSError, http.client.HTTPException):
        pass


def plan(address, cookie, asked, stop):
    """Asks for runs; notes each that was taken."""
    try:
        client = Client(address, cookie)
        client.request("GET", "/people")
        while not stop.is_set():
            status, _ = client.request("POST", "/parks/kwinana/runs", {"seconds": "5", "changes": "", "scenario": ""})
            if status == 303:
                asked.append(status)
            stop.wait(0.05)
    except (OSError, http.client.HTTPException):
        pass


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("server")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    folder = options.folder or tempfile.mkdtemp(prefix="lichen-kill-")
    server = Server(options.server, folder)
    client = Client(server.address)
    client.join(server.link)
    cookie = client.cookie
    acknowledged, asked = [], []
    for kill in range(options.kills):
        stop = threading.Event()
        writers = [
            threading.Thread(target=write, args=(server.address, cookie, acknowledged, stop)) for _ in range(4)]
        writers.append(threading.Thread(target=plan, args=(server.address, cookie, asked, stop)))
        for writer in writers:
            writer.start()
        # Any moment, also while the server is still busy with its first requests.
        time.sleep(chance.uniform(0, 0.4))
        server.kill()
        stop.set()
        for writer in writers:
            writer.join()
        database = sqlite3.connect(pathlib.Path(folder) / "lichen.sqlite")
        sound = database.execute("PRAGMA integrity_check").fetchall()
        there = {note for (note,) in database.execute("SELECT note FROM invitation")}
        logged = database.execute("SELECT count(*) FROM audit WHERE action = 'invite'").fetchone()[0]
        invited = database.execute("SELECT count(*) FROM invitation").fetchone()[0]
        runs = database.execute("SELECT count(*) FROM run").fetchone()[0]
        half = database.execute("SELECT count(*) FROM run WHERE (status = 'done') <> (plan IS NOT NULL)").fetchone()[0]
        done = database.execute("SELECT count(*) FROM run WHERE status = 'done'").fetchone()[0]
        database.close()
        if sound != [("ok",)]:
            sys.exit(f"kill {kill + 1}: {sound}")
        missing = [note for note in acknowledged if note not in there]
        if missing:
            sys.exit(f"kill {kill + 1}: {len(missing)} acknowledged changes are missing")
        if runs < len(asked) or half:
            sys.exit(f"kill {kill + 1}: {len(asked)} runs taken, {runs} there, {half} half there")
        if logged != invited:
            sys.exit(f"kill {kill + 1}: {invited} invitations, {logged} in the log")
        server = Server(options.server, folder)
        status, _ = Client(server.address, cookie).request("GET", "/people")
        if status != 200:
            sys.exit(f"kill {kill + 1}: the session is gone, {status}")
    server.kill()
    if not options.folder:
        shutil.rmtree(folder)
    print(json.dumps({"kills": options.kills, "acknowledged": len(acknowledged) + len(asked), "runs_done": done, "missing": 0}))


main()
