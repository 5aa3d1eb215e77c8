"""A server started for a test or a benchmark, and a browser without pictures to talk to it."""

import http.client
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import urllib.parse
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]
PASSWORD = "correct horse battery"


class Server:
    """A process of its own on a free loopback port; with `with`, it ends with the block."""

    def __init__(self, program, folder=None, *arguments):
        self.temporary = None if folder else tempfile.TemporaryDirectory(prefix="lichen-serve-")
        self.folder = folder or self.temporary.name
        self.process = subprocess.Popen(
            [program, "--data", self.folder, "--port", "0", *arguments],
            env={"LICHEN_DATA": str(ROOT / "data"), **os.environ}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        # Both lines are written in one piece.
        told = os.read(self.process.stdout.fileno(), 65_536).decode()
        found = re.search(r"answers at (http\S+)/\n", told)
        if not found:
            sys.exit("the server ended before it answered")
        self.root = found.group(1)
        self.address = urllib.parse.urlsplit(self.root).netloc
        # What the first administrator opens; None once there is one.
        self.link = next(iter(re.findall(r"http\S+/join/\S+", told)), None)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def kill(self):
        """As a power cut would; the folder stays."""
        self._end(signal.SIGKILL)

    def stop(self):
        self._end(signal.SIGTERM)
        if self.temporary:
            self.temporary.cleanup()

    def _end(self, sign):
        self.process.send_signal(sign)
        self.process.wait(timeout=60)
        self.process.stdout.close()


class Client:
    """Keeps a connection, the session's cookie and the token of its forms."""

    def __init__(self, address, cookie=None):
        self.connection = http.client.HTTPConnection(address, timeout=120)
        self.cookie = cookie
        self.csrf = ""

    def send(self, method, path, body=None, headers=()):
        """Status, headers and bytes of the answer."""
        headers = {"Sec-Fetch-Site": "same-origin", **dict(headers)}
        if self.cookie:
            headers["Cookie"] = f"lichen={self.cookie}"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        if found := re.match(r"lichen=([^;]*)", answer.getheader("Set-Cookie") or ""):
            self.cookie = found.group(1)
        if found := re.search(rb'name="csrf" value="([^"]+)"', content):
            self.csrf = found.group(1).decode()
        return answer.status, answer.headers, content

    def request(self, method, path, fields=None):
        """Status and text of the answer to a form, or to no body."""
        body, headers = None, {}
        if fields is not None:
            body = urllib.parse.urlencode({"csrf": self.csrf, **fields})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        status, _, content = self.send(method, path, body, headers)
        return status, content.decode()

    def upload(self, path, fields, files):
        """Status, headers and text of the answer to a form with files, by name."""
        edge = uuid.uuid4().hex
        body = b""
        for name, text in {"csrf": self.csrf, **fields}.items():
            body += f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'.encode()
        for name, content in files.items():
            head = f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
            body += head.encode() + content + b"\r\n"
        body += f"--{edge}--\r\n".encode()
        status, headers, content = self.send(
            "POST", path, body, {"Content-Type": f"multipart/form-data; boundary={edge}"})
        return status, headers, content.decode()

    def join(self, link, name="Ada"):
        """Takes up an invitation."""
        path = urllib.parse.urlsplit(link).path
        self.request("GET", path)
        status, text = self.request(
            "POST", path, {"name": name, "email": f"{name.lower()}@example.org", "password": PASSWORD})
        if status != 303:
            sys.exit(f"joining was answered by {status}: {text}")

    def token(self):
        """A token for programs, made as a person would."""
        self.request("GET", "/me")
        _, text = self.request("POST", "/me/tokens", {"name": "test"})
        return re.search(r'<code class="token">([^<]+)<', text).group(1)


def memory(pid, figure="VmRSS"):
    """Memory of a process [bytes]: what it holds now, or with `VmHWM` the most that it ever held."""
    text = pathlib.Path(f"/proc/{pid}/status").read_text()
    return 1024 * int(re.search(rf"{figure}:\s+(\d+)", text).group(1))
