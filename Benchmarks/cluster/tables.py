"""The tables of a made-up nation in several forms: bytes, and seconds to write, to read whole and to read one zone.

    python3 Benchmarks/cluster/tables.py NATION

NATION is what `lichen bench nation` wrote: a folder of CSV tables per zone. The same rows go into one SQLite file with an index
by zone and, where pyarrow is installed, one Parquet file per table, a row group per zone. Every reader makes texts of all cells, as
a checker of declarations needs them.
"""

import csv
import pathlib
import sqlite3
import sys
import tempfile
import time

TABLES = ["enterprises", "outputs", "inputs", "properties"]


def read_csv(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def clock(body):
    begin = time.process_time()
    value = body()
    return time.process_time() - begin, value


def size(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main():
    nation = pathlib.Path(sys.argv[1])
    zones = sorted(path for path in (nation / "zones").iterdir())
    some = zones[len(zones) // 2]

    def rows(zone):
        return {table: read_csv(zone / f"{table}.csv") for table in TABLES if (zone / f"{table}.csv").exists()}

    whole, data = clock(lambda: {zone.name: rows(zone) for zone in zones})
    one, _ = clock(lambda: rows(some))
    count = sum(len(table) - 1 for tables in data.values() for table in tables.values())
    print(f"{len(zones)} zones, {count} rows, CPU s in Python")
    print("| form | MB | write | read whole | read a zone |\n|---|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)

        def write_csv():
            for zone, tables in data.items():
                for table, lines in tables.items():
                    with open(folder / f"{zone}-{table}.csv", "w", newline="", encoding="utf-8") as file:
                        csv.writer(file, lineterminator="\n").writerows(lines)

        written, _ = clock(write_csv)
        print(f"| CSV per zone | {size(folder) / 1e6:.0f} | {written:.2f} | {whole:.2f} | {one:.4f} |")
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "nation.sqlite"
        base = sqlite3.connect(path)

        def write_sqlite():
            for table in TABLES:
                header = next(tables[table][0] for tables in data.values() if table in tables)
                base.execute(f"create table {table} (in_zone text, {', '.join(f'[{name}] text' for name in header)})")
                marks = ", ".join("?" * (len(header) + 1))
                for zone, tables in data.items():
                    base.executemany(f"insert into {table} values ({marks})", [[zone, *row] for row in tables.get(table, [[]])[1:]])
                base.execute(f"create index {table}_zone on {table} (in_zone)")
            base.commit()

        written, _ = clock(write_sqlite)
        whole, _ = clock(lambda: [base.execute(f"select * from {table}").fetchall() for table in TABLES])
        one, _ = clock(lambda: [base.execute(f"select * from {table} where in_zone = ?", [some.name]).fetchall() for table in TABLES])
        base.close()
        print(f"| SQLite, index by zone | {size(pathlib.Path(folder)) / 1e6:.0f} | {written:.2f} | {whole:.2f} | {one:.4f} |")
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        print("Parquet: pyarrow is not installed")
        return
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)

        def write_parquet():
            for table in TABLES:
                header = next(tables[table][0] for tables in data.values() if table in tables)
                schema = pyarrow.schema([(name, pyarrow.string()) for name in header])
                with pyarrow.parquet.ParquetWriter(folder / f"{table}.parquet", schema) as writer:
                    for zone in zones:
                        lines = data[zone.name].get(table, [[]])[1:]
                        columns = list(zip(*lines)) or [[] for _ in header]
                        writer.write_table(pyarrow.table([pyarrow.array(column, pyarrow.string()) for column in columns], schema=schema))

        def read(groups):
            found = []
            for table in TABLES:
                file = pyarrow.parquet.ParquetFile(folder / f"{table}.parquet")
                some = file.read() if groups is None else file.read_row_group(groups)
                found.append(list(zip(*(column.to_pylist() for column in some.columns))))
            return found

        written, _ = clock(write_parquet)
        whole, _ = clock(lambda: read(None))
        one, _ = clock(lambda: read(len(zones) // 2))
        print(f"| Parquet, a row group per zone | {size(folder) / 1e6:.0f} | {written:.2f} | {whole:.2f} | {one:.4f} |")


main()
