"""Attacks the programming interface of a server of its own for minutes, by its description.

    python3 Benchmarks/api.py [--server .build/release/lichen-server] [--examples 200]

Needs the judges of Tests/judges/requirements.txt. Fails at any 5xx, any status or body that the description does
not tell of, and any bad input that is taken.
"""

import argparse
import http.cookiejar
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent


def token(link, address):
    """Joins as the first administrator and makes a token, as a person would."""
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))

    def send(url, **fields):
        return browser.open(url, urllib.parse.urlencode(fields).encode()).read().decode()

    send(link, name="ada", email="ada@example.org", password="correct horse battery")
    page = browser.open(f"{address}/me").read().decode()
    csrf = re.search(r'name="csrf" value="([^"]+)"', page).group(1)
    made = send(f"{address}/me/tokens", csrf=csrf, name="soak")
    return re.search(r'<code class="token">([^<]+)<', made).group(1)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--server", default=str(ROOT / ".build/release/lichen-server"))
    options.add_argument("--examples", default="200")
    options = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(
            [options.server, "--data", folder, "--port", "0", "--longest", "1"],
            env={**os.environ, "LICHEN_DATA": str(ROOT / "data")},
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )
        try:
            address = re.search(r"http\S+?(?=/\n)", server.stdout.readline()).group(0)
            link = re.search(r"http\S+", server.stdout.readline()).group(0)
            judge = subprocess.run(
                [sys.executable, ROOT / "Tests/judges/serve_api.py", "attack", address, options.examples],
                env={**os.environ, "LICHEN_TOKEN": token(link, address)}, check=False,
            )
            alive = server.poll() is None
        finally:
            server.terminate()
            server.wait()
    sys.exit(judge.returncode or not alive)


main()
