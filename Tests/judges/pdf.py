"""Reads a printed report as a reader's program does.

usage: pdf.py PDF FACTS_JSON

FACTS_JSON: language, title, date (YYYYMMDD), pageNumber (with {page} and {pages}), texts (must be found somewhere),
decisionEnd (last words of the decision, which must stand on the first page), sections (headings of the outline).
"""

import json
import re
import sys
import unicodedata

import pypdf

reader = pypdf.PdfReader(sys.argv[1])
facts = json.load(open(sys.argv[2], encoding="utf-8"))
root = reader.trailer["/Root"]
problems = []


def expect(holds, *words):
    if not holds:
        problems.append(" ".join(str(word) for word in words))


def plain(text):
    """Lines may end and letters may be composed anywhere."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


pages = [plain(page.extract_text()) for page in reader.pages]
expect(root["/Lang"] == facts["language"], "language", root.get("/Lang"))
expect(reader.metadata.title == facts["title"], "title", reader.metadata.title)
expect(root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root, "not tagged")
for key in ("/CreationDate", "/ModDate"):
    expect(reader.metadata[key] == f"D:{facts['date']}000000+00'00'", key, reader.metadata[key])
expect(reader.metadata["/Creator"] == "Lichen", "creator", reader.metadata["/Creator"])
for number, page in enumerate(reader.pages, 1):
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    expect(abs(width - 595.28) < 1 and abs(height - 841.89) < 1, "page", number, "is no A4:", width, height)
    label = facts["pageNumber"].format(page=number, pages=len(pages))
    expect(plain(label) in pages[number - 1], "no", label, "on it")
expect(plain(facts["decisionEnd"]) in pages[0], "the decision runs over its page")
whole = "".join(pages)
for text in facts["texts"]:
    expect(plain(text) in whole, "not found:", text)
titles = []


def walk(entries):
    for entry in entries:
        if isinstance(entry, list):
            walk(entry)
        else:
            titles.append(plain(entry.title))
            expect(reader.get_destination_page_number(entry) is not None, "bookmark without a page:", entry.title)


walk(reader.outline)
for heading in facts["sections"]:
    expect(any(plain(heading) in title for title in titles), "no bookmark:", heading, titles)
for problem in problems:
    print(problem)
sys.exit(bool(problems))
