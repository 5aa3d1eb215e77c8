"""Kills a server (SIGKILL) again and again while it writes, and looks for what it had acknowledged.

usage: serve_kill.py SERVER [--kills N] [--seed N] [--folder DIR]

A client makes invitations and scenarios as fast as it can. After each kill the server is started again: every change
that was answered must be there, `PRAGMA integrity_check` must say ok, and no run may be half there.
"""

import argparse
import http.client
import json
import os
import pathlib
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

PASSWORD = "correct horse battery"
PARK = "hiep-phuoc"


class Server:
    def __init__(self, program, folder):
        self.process = subprocess.Popen(
            [program, "--data", folder, "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.link = None
        for line in self.process.stdout:
            if found := re.search(r"answers at http://([0-9.:]+)/", line):
                self.address = found.group(1)
                break
        else:
            sys.exit("the server ended before it answered")

    def read_link(self):
        line = self.process.stdout.readline()
        return urllib.parse.urlsplit(re.search(r"http\S+", line).group(0)).path

    def kill(self):
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()


class Client:
    def __init__(self, address, cookie=None):
        self.connection = http.client.HTTPConnection(address, timeout=30)
        self.cookie = cookie
        self.csrf = ""

    def request(self, method, path, fields=None):
        headers = {"Sec-Fetch-Site": "same-origin"}
        if self.cookie:
            headers["Cookie"] = f"lichen={self.cookie}"
        body = None
        if fields is not None:
            body = urllib.parse.urlencode({"csrf": self.csrf, **fields})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                self.cookie = re.match(r"lichen=([^;]*)", value).group(1)
        if found := re.search(r'name="csrf" value="([^"]+)"', text):
            self.csrf = found.group(1)
        return answer.status, text


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
    link = server.read_link()
    client.request("GET", link)
    status, text = client.request(
        "POST", link, {"name": "Ada", "email": "ada@example.org", "password": PASSWORD})
    if status != 303:
        sys.exit(f"joining was answered by {status}: {text}")
    cookie = client.cookie
    acknowledged = []
    for kill in range(options.kills):
        stop = threading.Event()
        writers = [
            threading.Thread(target=write, args=(server.address, cookie, acknowledged, stop)) for _ in range(4)]
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
        database.close()
        if sound != [("ok",)]:
            sys.exit(f"kill {kill + 1}: {sound}")
        missing = [note for note in acknowledged if note not in there]
        if missing:
            sys.exit(f"kill {kill + 1}: {len(missing)} acknowledged changes are missing")
        if logged != invited:
            sys.exit(f"kill {kill + 1}: {invited} invitations, {logged} in the log")
        server = Server(options.server, folder)
        status, _ = Client(server.address, cookie).request("GET", "/people")
        if status != 200:
            sys.exit(f"kill {kill + 1}: the session is gone, {status}")
    server.kill()
    if not options.folder:
        shutil.rmtree(folder)
    print(json.dumps({"kills": options.kills, "acknowledged": len(acknowledged), "missing": 0}))


main()
