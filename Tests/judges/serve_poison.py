"""Uploads workbooks that are made to do harm; says how each was answered as JSON.

Usage: serve_poison.py SET-UP-LINK PID SOUND-WORKBOOK

For each: status, what the page says, drafts that are kept afterwards. And the most memory that the server ever held,
before and after.
"""

import html
import io
import json
import re
import struct
import sys
import urllib.parse
import zipfile

from serve_client import Client, memory

GIGABYTES = 2
# What a megabyte of a bomb is made of: one text without an end, or rows without an end.
TEXT = (b'<row><c t="inlineStr"><is><t>', b" " * (1 << 20), b"</t></is></c></row>")
ROWS = (b"", b"<row/> \n" * (1 << 17), b"")


def outputs(sound):
    """The part of the sheet that lists by-products."""
    with zipfile.ZipFile(io.BytesIO(sound)) as book:
        sheets = book.read("xl/workbook.xml").decode()
        parts = book.read("xl/_rels/workbook.xml.rels").decode()
    sheet = re.search(r'<sheet [^>]*name="Outputs"[^>]*>', sheets).group(0)
    relation = re.search(r'r:id="([^"]+)"', sheet).group(1)
    element = next(each for each in re.findall(r"<Relationship [^>]*>", parts) if f'Id="{relation}"' in each)
    return "xl/" + re.search(r'Target="(?:/xl/)?([^"]+)"', element).group(1)


def remade(sound, change):
    """A copy of a workbook; `change` may put another content or name for a part."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sound)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            name, content = change(part.filename, old.read(part))
            new.writestr(name, content)
    return target.getvalue()


def sheet_bomb(sound, filling):
    """A sheet that inflates to gigabytes; it is packed piece by piece, never held."""
    poisoned = outputs(sound)
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sound)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename != poisoned:
                new.writestr(part.filename, content)
                continue
            with new.open(part.filename, "w", force_zip64=True) as sheet:
                head, tail = content.split(b"</sheetData>", 1)
                begin, megabyte, end = filling
                sheet.write(head + begin)
                for _ in range(GIGABYTES << 10):
                    sheet.write(megabyte)
                sheet.write(end + b"</sheetData>" + tail)
    return target.getvalue()


def laughs(sound):
    """Entities of entities: a billion words from a kilobyte."""
    poisoned = outputs(sound)
    entities = b'<!ENTITY l0 "lol">' + b"".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">'.encode() for n in range(1, 10))

    def change(name, content):
        if name == poisoned:
            content = re.sub(rb"^<\?xml[^>]*\?>", b"", content)
            content = b'<?xml version="1.0"?><!DOCTYPE x [' + entities + b"]>" + content
            content = re.sub(rb"<t( [^>]*)?>[^<]*</t>|<v>[^<]*</v>", b"<v>&l9;</v>", content, count=1)
        return name, content

    return remade(sound, change)


def climbing(sound):
    """A part that would lie outside of wherever it was unpacked."""
    return remade(sound, lambda name, content: ("../../../../tmp/lichen-poison" if name == "docProps/app.xml" else name, content))


def compound(stream):
    """A compound file (MS-CFB) with a stream in its directory: old workbooks are such, and encrypted ones."""
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    directory = stream.encode("utf-16-le").ljust(128, b"\0")
    return head.ljust(512, b"\0") + directory + b"\xff" * 4096


def poisons(sound):
    page = b"<!DOCTYPE html><html><body><table><tr><td>Quantity</td></tr></table></body></html>"
    return {
        "text bomb": ("park.xlsx", sheet_bomb(sound, TEXT)),
        "row bomb": ("park.xlsx", sheet_bomb(sound, ROWS)),
        "laughs": ("park.xlsx", laughs(sound)),
        "climbing": ("park.xlsx", climbing(sound)),
        "truncated": ("park.xlsx", sound[: len(sound) // 2]),
        "page": ("park.xlsx", page),
        "legacy": ("park.xls", compound("Workbook")),
        "encrypted": ("park.xlsx", compound("EncryptedPackage")),
    }


def told(text):
    """What the page says was wrong."""
    found = re.findall(r'class="(?:problem|issue bad)[^"]*"[^>]*>(.*?)</(?:p|div)>', text, re.S)
    return [html.unescape(re.sub(r"<[^>]+>", "", each)).strip() for each in found]


def main(link, pid, workbook):
    with open(workbook, "rb") as file:
        sound = file.read()
    client = Client(urllib.parse.urlsplit(link).netloc)
    client.join(link)
    client.request("GET", "/drafts")
    # What a sound one takes is no harm.
    seen = {"sound": client.upload("/drafts", {"title": "sound"}, {"park.xlsx": sound})[0]}
    seen |= {"before": memory(pid, "VmHWM"), "answers": {}}
    for name, (file, content) in poisons(sound).items():
        status, _, text = client.upload("/drafts", {"title": name}, {file: content})
        _, drafts = client.request("GET", "/drafts")
        seen["answers"][name] = {
            "sent": len(content), "status": status, "told": told(text), "kept": name in re.findall(r'<a href="/drafts/[^"]+">([^<]+)</a>', drafts),
        }
    # It still takes what is sound.
    seen["next"] = client.upload("/drafts", {"title": "next"}, {"park.xlsx": sound})[0]
    seen["after"] = memory(pid, "VmHWM")
    print(json.dumps(seen, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3])
