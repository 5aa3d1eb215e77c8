"""Reads a report's GeoJSON, GraphML, DOT and Mermaid files as their programs do and holds them against the plan.

usage: network.py FOLDER [NAMES_JSON]

FOLDER has plan.json and report.geojson, .graphml, .dot, .mmd. NAMES_JSON maps ids of nodes to the names that a
reader must see, line breaks and control characters apart. DOT is drawn only where Graphviz is installed.
"""

import collections
import json
import math
import pathlib
import re
import shutil
import subprocess
import sys
import unicodedata
from xml.etree import ElementTree

import geojson
import geojson_validator
import mermaidx
import networkx

folder = pathlib.Path(sys.argv[1])
plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
names = json.loads(pathlib.Path(sys.argv[2]).read_text(encoding="utf-8")) if len(sys.argv) > 2 else None
problems = []


def expect(holds, *words):
    if not holds:
        problems.append(" ".join(str(word) for word in words))


def close(a, b):
    return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-6)


def seen(text):
    """As a page shows it: white space is one kind, and controls and formats are not seen."""
    kept = "".join(" " if c.isspace() else c for c in text)
    kept = "".join(c for c in kept if unicodedata.category(c) not in ("Cc", "Cf"))
    return re.sub(" +", " ", kept).strip()


plants = {plant["id"] for plant in plan["facilities"]}


def end(leg, key, id_key):
    """A plant is a node of its own; other ends are enterprises."""
    return f"plant:{leg[id_key]}" if leg[id_key] in plants else leg[key]


wanted = [
    (row["from"], row["to"], row["quantity"], row["money"]["typical"], row["carbon_kg"]["typical"])
    for row in plan["exchanges"]
] + [
    (end(row, "from", "source"), end(row, "to", "target"), row["quantity"], row["money"]["typical"],
     row["carbon_kg"]["typical"])
    for row in plan["legs"]
]
ends = {node for row in wanted for node in row[:2]}

# GeoJSON
text = (folder / "report.geojson").read_text(encoding="utf-8")
collection = json.loads(text, parse_constant=lambda word: problems.append(f"{word} is no JSON"))
parsed = geojson.loads(text)
expect(parsed.is_valid, "geojson:", parsed.errors())
placed = {**collection, "features": [f for f in collection["features"] if f["geometry"]]}
errors = geojson_validator.validate_structure(collection)
expect(not errors, "geojson structure:", errors)
faults = geojson_validator.validate_geometries(placed)
expect(not faults.get("invalid"), "geojson geometries:", faults.get("invalid"))
features = collection["features"]
expect(len({f["id"] for f in features}) == len(features), "ids of features repeat")
types = collections.defaultdict(set)
for feature in features:
    for name, value in feature["properties"].items():
        expect(not isinstance(value, (list, dict)), "nested property", name)
        if value is not None:
            kind = "number" if isinstance(value, (int, float)) and not isinstance(value, bool) else type(value)
            types[name].add(kind)
expect(all(len(kinds) == 1 for kinds in types.values()), "types differ:", dict(types))
for kinds in (("enterprise", "plant"), ("exchange", "leg")):
    shapes = {tuple(f["properties"]) for f in features if f["properties"]["kind"] in kinds}
    expect(len(shapes) <= 1, "properties differ among", kinds)
lines = [f for f in features if f["properties"]["kind"] in ("exchange", "leg")]
found = [
    (p["donor"], p["receiver"], p["quantity_per_year"], p["money_per_year"], p["co2e_kg_per_year"])
    for p in (f["properties"] for f in lines)
]
expect(len(found) == len(wanted), "lines:", len(found), "not", len(wanted))
for one, other in zip(found, wanted):
    expect(one[:2] == other[:2] and all(map(close, one[2:], other[2:])), "line", one, "not", other)
points = {f["id"]: f for f in features if f["properties"]["kind"] in ("enterprise", "plant")}
expect(ends <= set(points), "no feature for", ends - set(points))
for feature in lines:
    properties, shape = feature["properties"], feature["geometry"]
    places = [(points[properties[key]]["geometry"] or {}).get("coordinates") for key in ("donor", "receiver")]
    if None in places or places[0] == places[1]:
        expect(shape is None, "a line without places:", properties["name"])
    elif shape["type"] == "LineString":
        expect(shape["coordinates"] == places, "line runs elsewhere:", properties["name"])
    else:
        first, second = shape["coordinates"]
        expect([first[0], second[-1]] == places and abs(first[1][0]) == 180 == abs(second[0][0]),
               "cut line runs elsewhere:", properties["name"])
    expect(re.fullmatch("#[0-9a-f]{6}", properties["stroke"]), "stroke", properties["stroke"])

# GraphML
graph = networkx.read_graphml(folder / "report.graphml", force_multigraph=True)
expect(graph.is_directed() and graph.is_multigraph(), "graphml is no directed multigraph")
expect(set(graph.nodes) == ends, "graphml nodes:", set(graph.nodes) ^ ends)
expect(graph.number_of_edges() == len(wanted), "graphml edges:", graph.number_of_edges(), "not", len(wanted))
flows, planned = collections.Counter(), collections.Counter()
for source, target, facts in graph.edges(data=True):
    flows[source, target] += facts["quantity_per_year"]
    expect(isinstance(facts["money_per_year"], float) and isinstance(facts["r"], int), "types of", facts)
for row in wanted:
    planned[row[:2]] += row[2]
expect(flows.keys() == planned.keys() and all(close(flows[k], planned[k]) for k in planned), "graphml flows")
money = sum(facts["money_per_year"] for *_, facts in graph.edges(data=True))
expect(close(money, sum(row[3] for row in wanted)), "graphml money", money)

# Mermaid
chart = (folder / "report.mmd").read_text(encoding="utf-8")
expect(len(chart.encode("utf-16-le")) // 2 <= 50_000, "the chart is too long for Mermaid")
drawn = mermaidx.render(chart).svg()
labels = re.findall(r'<span[^>]*class="edgeLabel[^>]*>(.*?)</span>', drawn, re.S)
labels = [label for label in labels if re.sub("<[^>]*>", "", label).strip()]
cut = len(re.findall("-->", chart))
expect(cut <= 500, "more lines than Mermaid draws:", cut)
expect(cut == len(wanted) or cut >= 100, "mermaid lines:", cut, "of", len(wanted))
expect(len(labels) == cut, "mermaid drew", len(labels), "lines, not", cut)
boxes = {
    number: re.sub(r"<br ?/?>", " ", label)
    for number, label in re.findall(
        r'flowchart-(n\d+|note)-\d+".*?<span class="nodeLabel[^>]*><p>(.*?)</p>', drawn, re.S)
}


def unmarked(label):
    return seen(ElementTree.fromstring(f"<p>{label}</p>").text or "")


# DOT
dot = shutil.which("dot")
boxed = {}
if dot:
    run = subprocess.run([dot, "-Tsvg", folder / "report.dot"], capture_output=True)
    expect(run.returncode == 0 and b"rror" not in run.stderr, "dot:", run.stderr.decode())
    space = "{http://www.w3.org/2000/svg}"
    picture = ElementTree.fromstring(run.stdout)
    groups = collections.defaultdict(list)
    for group in picture.iter(f"{space}g"):
        groups[group.get("class")].append(group)
    expect(len(groups["edge"]) == len(wanted), "dot drew", len(groups["edge"]), "lines, not", len(wanted))
    expect(len(groups["node"]) == len(ends), "dot drew", len(groups["node"]), "boxes, not", len(ends))
    for group in groups["node"]:
        boxed[group.find(f"{space}title").text] = seen(group.find(f"{space}text").text or "")

if names is not None:
    shown = {node: seen(names[node]) for node in ends}
    for node in ends:
        expect(points[node]["properties"]["name"] == names[node], "geojson name of", node)
        expect(seen(graph.nodes[node]["name"]) == shown[node], "graphml name of", node, graph.nodes[node]["name"])
    expect(sorted(unmarked(label) for number, label in boxes.items() if number != "note") == sorted(shown.values()),
           "mermaid names:", boxes)
    if dot:
        expect(sorted(boxed.values()) == sorted(shown.values()), "dot names:", boxed)

for problem in problems:
    print(problem)
print(f"{len(points)} points, {len(wanted)} flows, {'dot drawn' if dot else 'no Graphviz'}")
sys.exit(bool(problems))
