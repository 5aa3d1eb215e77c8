#!/usr/bin/env python3
"""How far two algorithms of a benchmark reach in time: own gaps at some seconds, seconds to a gap.

usage: reach.py RESULTS.json ... [--first lichen] [--second highs] [--update FILE]

Reads the anytime curves of `lichen bench`. A gap is (bound - incumbent) / |incumbent| with the bound that
the algorithm itself claims, both at the same moment; the last figure of a run counts from its end on.
"""
import argparse
import json
import re

SECONDS = [1, 5, 10, 15, 30, 60, 120]


def moments(record):
    """(seconds, own gap) at every change, times ascending."""
    incumbent = bound = None
    found = []
    for point in record.get("curve") or []:
        incumbent = point.get("incumbent", incumbent)
        bound = point.get("bound", bound)
        if incumbent is not None and bound is not None and incumbent != 0:
            found.append((point["seconds"], max(0.0, (bound - incumbent) / abs(incumbent))))
    value, proved = record.get("value"), record.get("bound")
    if value and proved is not None:
        found.append((record["wall_seconds"], max(0.0, (proved - value) / abs(value))))
    return found


def gap_at(points, seconds):
    known = [gap for time, gap in points if time <= seconds + 0.3]
    return min(known) if known else None


def seconds_to(points, gap):
    return next((time for time, own in points if own <= gap), None)


def percent(gap):
    if gap is None:
        return "–"
    return "0" if gap <= 1e-6 else f"{100 * gap:.{2 if gap < 0.1 else 0}f} %"


def duration(seconds, ended):
    return f"> {ended:.0f}" if seconds is None else f"{seconds:.2f}" if seconds < 10 else f"{seconds:.0f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("results", nargs="+")
    parser.add_argument("--first", default="lichen")
    parser.add_argument("--second", default="highs")
    parser.add_argument("--update", help="document with marks `<!-- reach -->` … `<!-- end of reach -->`")
    options = parser.parse_args()
    runs, order, links, origins = {}, [], {}, []
    for path in options.results:
        with open(path, encoding="utf-8") as file:
            result = json.load(file)
        machine = result["machine"]
        origins.append(
            f"{result['seconds']:g} s and {result['threads']} threads per run; {machine['started']}. "
            f"{machine['processor']}, {machine['cores']} cores · commit {machine['commit']} · "
            + " · ".join(f"{name} {version}" for name, version in sorted(machine["versions"].items()))
        )
        for record in result["records"]:
            name = record["key"]["instance"]
            if name not in order:
                order.append(name)
            links[name] = record.get("links", links.get(name))
            runs[name, record["key"]["algorithm"]] = record
    limit = max(record["key"]["seconds"] for record in runs.values())
    times = [second for second in SECONDS if second <= limit * 1.01]
    lines = [
        f"| instance | links | {options.first}: s to 1 % | {options.second}: s to 1 % | ratio | "
        + " | ".join(f"{options.first} {second} s" for second in times)
        + f" | {options.second} at the end | MB |",
        "|---|---:|---:|---:|---:|" + "---:|" * len(times) + "---:|---:|",
    ]
    for name in order:
        first, second = (runs.get((name, one)) for one in (options.first, options.second))
        ours, theirs = moments(first) if first else [], moments(second) if second else []
        mine, other = seconds_to(ours, 0.01), seconds_to(theirs, 0.01)
        end = second["wall_seconds"] if second else 0
        ratio = "–"
        if mine is not None and second:
            ratio = f"{other / max(mine, 1e-3):.1f}" if other is not None else f"> {end / max(mine, 1e-3):.0f}"
        lines.append(
            f"| {name} | {links[name] or ''} | {duration(mine, first['wall_seconds'] if first else 0)} | "
            f"{duration(other, end) if second else '–'} | {ratio} | "
            + " | ".join(percent(gap_at(ours, second)) for second in times)
            + f" | {percent(theirs[-1][1] if theirs else None)} | {round(first.get('peak_megabytes', 0)) if first else ''} |"
        )
    text = "\n\n".join(origins) + "\n\n" + "\n".join(lines) + "\n"
    if options.update:
        with open(options.update, encoding="utf-8") as file:
            document = file.read()
        pattern = r"(<!-- reach -->\n).*?(<!-- end of reach -->)"
        with open(options.update, "w", encoding="utf-8") as file:
            file.write(re.sub(pattern, lambda found: found[1] + "\n" + text + "\n" + found[2], document, flags=re.S))
    print(text)


if __name__ == "__main__":
    main()
