"""A server started for a test or a benchmark, and a browser without pictures to talk to it."""

import http.client
import os
import re
import signal
import subprocess
import sys
import urllib.parse

PASSWORD = "correct horse battery"


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

    def stop(self):
        self.process.terminate()
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

    def join(self, link):
        """Takes up an invitation."""
        self.request("GET", link)
        status, text = self.request(
            "POST", link, {"name": "Ada", "email": "ada@example.org", "password": PASSWORD})
        if status != 303:
            sys.exit(f"joining was answered by {status}: {text}")
