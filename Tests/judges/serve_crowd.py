"""Many clients at once, and slow ones, at a server that searches; says what became of them as JSON.

Usage: serve_crowd.py SET-UP-LINK PID PARK-FOLDER

First 200 connections, all open before the first asks, read five pages each. Then 50 send half the head of a request and
50 take a long page byte by byte, until the server has ended all of them; somebody else reads pages meanwhile.
"""

import http.client
import json
import pathlib
import re
import select
import socket
import sys
import threading
import time
import urllib.parse

from serve_client import Client, memory

READERS = 200
SLOW = 50
PAGES = ["/", "/parks/kalundborg", "/health", "/people", "/drafts"]
LONG = "/api/v1/openapi.json"
# Asked so often in one go, it is more than the buffers of a connection hold.
TIMES = 60
PATIENCE = 120


def begin_search(client, folder):
    """Declares the park, asks for a run of it, and returns once its search tells of progress."""
    client.request("GET", "/drafts")
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    _, headers, _ = client.upload("/drafts", {"title": "A large region"}, files)
    draft = headers["Location"]
    _, page = client.request("GET", draft)
    base = re.search(r'name="base" value="([^"]*)"', page).group(1)
    client.request("POST", f"{draft}/adopt", {"base": base, "name": "region", "title": "A large region", "note": ""})
    form = urllib.parse.urlencode({"csrf": client.csrf, "seconds": "600", "changes": "", "scenario": ""})
    _, headers, _ = client.send(
        "POST", "/parks/region/runs", form, {"Content-Type": "application/x-www-form-urlencoded"})
    events = http.client.HTTPConnection(client.connection.host, client.connection.port, timeout=PATIENCE)
    events.request("GET", headers["Location"] + "/events", headers={"Cookie": f"lichen={client.cookie}"})
    answer = events.getresponse()
    while b"progress" not in answer.readline():
        pass
    return headers["Location"], events


def crowd(address, cookie):
    """Statuses that the readers were given, and what went wrong."""
    together = threading.Barrier(READERS)
    statuses, faults = {}, []
    lock = threading.Lock()

    def read():
        try:
            client = Client(address, cookie)
            client.connection.connect()
            together.wait(PATIENCE)
            for page in PAGES:
                status, _, content = client.send("GET", page)
                with lock:
                    statuses[status] = statuses.get(status, 0) + 1
                    if not content:
                        faults.append(f"{page} was empty")
            client.connection.close()
        except (OSError, http.client.HTTPException, threading.BrokenBarrierError) as error:
            faults.append(repr(error))

    readers = [threading.Thread(target=read) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return statuses, faults


def half_head(host, port):
    client = socket.create_connection((host, port))
    client.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: te")
    return client


def slow_reader(host, port):
    """One that asks for a long page and hardly takes any of it."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.connect((host, port))
    client.sendall(f"GET {LONG} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode() * TIMES)
    return client


def open_connections(client):
    _, text = client.request("GET", "/metrics")
    return int(re.search(r"^lichen_connections (\d+)", text, re.M).group(1))


def slow(address, client):
    """What others were answered while slow clients held connections, until all of these were ended."""
    host, port = address.split(":")
    others = open_connections(client)
    heads = [half_head(host, int(port)) for _ in range(SLOW)]
    readers = [slow_reader(host, int(port)) for _ in range(SLOW)]
    end = time.monotonic() + PATIENCE
    while open_connections(client) < others + 2 * SLOW and time.monotonic() < end:
        pass
    seen = {"held": open_connections(client) - others, "statuses": {}}
    while open_connections(client) > others and time.monotonic() < end:
        for reader in select.select(readers, [], [], 0.1)[0]:
            try:
                reader.recv(1)
            except OSError:
                pass
        status, _ = client.request("GET", "/parks/kalundborg")
        seen["statuses"][status] = seen["statuses"].get(status, 0) + 1
    seen["left"] = open_connections(client) - others
    # The rest was not sent: a connection was ended while its answers waited.
    whole = TIMES * len(client.send("GET", LONG)[2])
    seen["cut"] = sum(rest(reader) < whole for reader in readers)
    for each in heads + readers:
        each.close()
    return seen


def rest(reader):
    """Bytes that still come."""
    reader.settimeout(10)
    count = 0
    try:
        while piece := reader.recv(1 << 16):
            count += len(piece)
    except OSError:
        pass
    return count


def main(link, pid, folder):
    address = urllib.parse.urlsplit(link).netloc
    client = Client(address)
    client.join(link)
    run, events = begin_search(client, pathlib.Path(folder))
    seen = {"before": memory(pid, "VmHWM")}
    start = time.monotonic()
    seen["statuses"], seen["faults"] = crowd(address, client.cookie)
    seen["seconds"] = time.monotonic() - start
    seen["crowded"] = memory(pid, "VmHWM")
    # The first connection had nothing to say meanwhile, and may have been ended.
    client = Client(address, client.cookie)
    seen["slow"] = slow(address, client)
    seen["after"] = memory(pid, "VmHWM")
    _, page = client.request("GET", run)
    seen["searching"] = "data-events=" in page
    events.close()
    status, _ = client.request("POST", f"{run}/cancel", {})
    seen["cancelled"] = status
    print(json.dumps(seen))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3])
