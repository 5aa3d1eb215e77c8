#!/usr/bin/env python3
"""Takes the pictures of docs/gallery.md anew: runs each of its commands and photographs the section of the report.

    python3 docs/gallery.py [--lichen .build/release/lichen] [--only NAME]

Needs a built lichen and Chromium. The commands stand in the page itself; this file only knows how tall each
picture is.
"""

import argparse
import pathlib
import re
import shlex
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "gallery.md"
WIDTH = 1100
# Pixels from the top of the section.
HEIGHTS = {
    "compare": 700, "pareto": 560, "alternatives": 620, "stress": 640, "share": 640,
    "barriers": 620, "finance": 900, "roadmap": 760, "periods": 980, "indicators": 640,
}
STYLE = (
    "<style>main>section{display:none}main>section#NAME{display:block;padding-top:10px}"
    "header.top,footer.foot{display:none}</style></head>"
)


def commands():
    """(command line, name of the picture) in the order of the page."""
    text = PAGE.read_text(encoding="utf-8")
    return re.findall(r"```sh\n(lichen [^\n]+)\n```\n+!\[[^\]]*\]\(gallery/([a-z]+)\.png\)", text)


def photograph(report, name, target):
    html = report.read_text(encoding="utf-8").replace(
        "</head>", STYLE.replace("NAME", name), 1)
    with tempfile.TemporaryDirectory() as folder:
        page = pathlib.Path(folder) / "page.html"
        page.write_text(html, encoding="utf-8")
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
             f"--window-size={WIDTH},{HEIGHTS[name]}", f"--screenshot={target}", page.as_uri()],
            check=True, capture_output=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lichen", default=str(ROOT / ".build/release/lichen"))
    parser.add_argument("--only")
    arguments = parser.parse_args()
    for line, name in commands():
        if arguments.only not in (None, name):
            continue
        with tempfile.TemporaryDirectory() as folder:
            words = shlex.split(line)
            words[0] = arguments.lichen
            words[words.index("-o") + 1] = folder
            subprocess.run(words, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
            photograph(
                pathlib.Path(folder) / "report.html", name, ROOT / f"docs/gallery/{name}.png")
        print(f"{name}.png")


if __name__ == "__main__":
    main()
