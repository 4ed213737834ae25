"""Measure Snowflake's SDK and ours side by side, and say what came out as a page of Markdown.

Every measurement is a process of its own, against a server on loopback in yet another one. Theirs and ours take turns,
round after round, so that whatever else the machine does happens to both.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
SIDES = ("theirs", "ours")
IMPORT = "from snowflake.core import Root; import sys; print('{\"modules\": %d}' % len(sys.modules))"
VERSIONS = """
import importlib.metadata as m, platform
names = "snowflake.core snowcore snowflake-connector-python pydantic urllib3 attrs aiohttp orjson".split()
found = {d.metadata["Name"]: d.version for d in m.distributions()}
print(f"Python {platform.python_version()}:", ", ".join(f"{n} {found[n]}" for n in names if n in found))
"""
MAX_THREADS = {"_SNOWFLAKE_MAX_THREADS": "100"}

Result = dict[str, float]
Results = dict[tuple[str, str], list[Result]]


class Measurement(NamedTuple):
    name: str
    run: str
    """What measure.py calls it."""
    environment: dict[str, str] = {}
    quick: bool = True
    """Whether it is worth while in a hurry."""


MEASUREMENTS = [
    Measurement("import", ""),
    Measurement("root", "root"),
    Measurement("script", "script"),
    Measurement("fetch", "fetch"),
    Measurement("create", "create"),
    Measurement("wide", "wide"),
    Measurement("list-10000-1", "list-10000-1"),
    Measurement("list-10000-10", "list-10000-10"),
    Measurement("list-100000-1", "list-100000-1", quick=False),
    Measurement("list-30000-3", "list-30000-3", quick=False),
    Measurement("list-100000-10", "list-100000-10", quick=False),
    Measurement("kept-100000-1", "kept-100000-1", quick=False),
    Measurement("flight-0", "flight-0"),
    Measurement("flight-50", "flight-50", quick=False),
    Measurement("flight-50-threads", "flight-50", MAX_THREADS, quick=False),
]


class Row(NamedTuple):
    """A line of the table."""

    what: str
    name: str
    key: str
    unit: str
    at_most: float | None = None
    """The target: ours in relation to theirs."""
    at_least: float | None = None
    than: str | None = None
    """What ours is held against, if not theirs: another measurement of ours."""


ROWS = [
    Row("`from snowflake.core import Root`: the whole process", "import", "process", "ms", 1 / 20),
    Row("… its memory", "import", "memory", "MB", 0.18),
    Row("… its modules", "import", "modules", ""),
    Row("the first `Root(session)` of a process", "root", "time", "ms"),
    Row("a program that fetches one task: the whole process", "script", "process", "ms"),
    Row("… its memory", "script", "memory", "MB"),
    Row("`fetch()` of a task: processor time", "fetch", "cpu", "µs", 0.4),
    Row("… from call to result", "fetch", "time", "µs"),
    Row("`create()` of a task: processor time", "create", "cpu", "µs"),
    Row("`fetch()` of a table of 1,000 columns: processor time", "wide", "cpu", "µs"),
    Row("list of 10,000 tasks in one page", "list-10000-1", "time", "s"),
    Row("… memory", "list-10000-1", "memory", "MB"),
    Row("list of 10,000 tasks in ten pages", "list-10000-10", "time", "s"),
    Row("… memory", "list-10000-10", "memory", "MB"),
    Row("list of 100,000 tasks in one page", "list-100000-1", "time", "s"),
    Row("… processor time", "list-100000-1", "cpu", "s", 0.09),
    Row("… memory", "list-100000-1", "memory", "MB", 0.12),
    Row("… memory, if all tasks are kept", "kept-100000-1", "memory", "MB"),
    Row("list of 100,000 tasks in ten pages", "list-100000-10", "time", "s"),
    Row("… processor time", "list-100000-10", "cpu", "s"),
    Row("… memory", "list-100000-10", "memory", "MB"),
    Row("… memory, against ours of three such pages", "list-100000-10", "memory", "MB", 1.1, than="list-30000-3"),
    Row("2,000 fetches in flight, answered at once", "flight-0", "rate", "/s"),
    Row("2,000 fetches in flight, answered after 50 ms", "flight-50", "rate", "/s", at_least=12),
    Row("… both told to have 100 under way", "flight-50-threads", "rate", "/s"),
    Row("… and the processor time of one", "flight-50-threads", "cpu", "µs"),
]


def main() -> None:
    options = arguments()
    chosen = [m for m in MEASUREMENTS if (m.name in options.only if options.only else m.quick or not options.quick)]
    pythons = dict(zip(SIDES, (options.theirs, options.ours)))
    results: Results = defaultdict(list)
    with server(sorted({m.run[5:].replace("-", "_") for m in chosen if m.run[:4] in ("list", "kept")})) as port:
        for python in pythons.values():  # both start with their bytecode written
            measured(python, MEASUREMENTS[2], port)
        for number in range(1, options.rounds + 1):
            for measurement in chosen:
                for side in SIDES:
                    say(f"round {number} of {options.rounds}: {measurement.name}, {side}")
                    results[measurement.name, side].append(measured(pythons[side], measurement, port))
    page = report(results, pythons, options.rounds)
    if options.output:
        options.output.parent.mkdir(exist_ok=True)
        options.output.write_text(page, encoding="utf-8")
        say(f"written to {options.output}")
    else:
        print(page)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    python = Path("bin/python")
    add = parser.add_argument
    add(
        "--theirs",
        type=Path,
        default=HERE / ".sdk" / python,
        help="a Python with Snowflake's SDK (default: %(default)s)",
    )
    add("--ours", type=Path, default=HERE / ".ours" / python, help="a Python with this project (default: %(default)s)")
    add("--rounds", type=int, metavar="N", help="how often each is measured (default: 5, or 1 with --quick)")
    add("--quick", action="store_true", help="one round, without what takes long")
    names = [m.name for m in MEASUREMENTS]
    add("--only", nargs="+", choices=names, default=[], metavar="NAME", help=f"only some of: {', '.join(names)}")
    add("--output", type=Path, metavar="FILE", help="write the page there (default: print it)")
    options = parser.parse_args()
    options.rounds = options.rounds or (1 if options.quick else 5)
    for given in (options.theirs, options.ours):
        if not given.exists():
            parser.error(f"there is no {given}; `make bench` installs both")
    return options


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


@contextmanager
def server(lists: list[str]) -> Iterator[int]:
    """The port of a server that runs as long as the block."""
    command = [sys.executable, HERE / "server.py", *lists]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdin is not None and child.stdout is not None
        yield int(child.stdout.readline())
        child.stdin.close()


def measured(python: Path, measurement: Measurement, port: int) -> Result:
    """What a process says of itself, and what it took: wall time, and memory at its peak."""
    what = [HERE / "measure.py", measurement.run, str(port)] if measurement.run else ["-c", IMPORT]
    environment = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")} | measurement.environment
    started = time.perf_counter()
    child = subprocess.Popen([python.absolute(), *what], stdout=subprocess.PIPE, env=environment, cwd=HERE)
    assert child.stdout is not None
    said = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    process = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{python} failed at {measurement.name}")
    peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return {"process": process, "memory": peak, **json.loads(said)}


# The page


def report(results: Results, pythons: dict[str, Path], rounds: int) -> str:
    lines = [line for row in ROWS if (line := table_line(row, results))]
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    return PAGE.format(
        rounds=f"{rounds} rounds" if rounds > 1 else "one round",
        table="\n".join(lines),
        date=today,
        machine=machine(),
        theirs=versions(pythons["theirs"]),
        ours=versions(pythons["ours"]),
    )


def table_line(row: Row, results: Results) -> str | None:
    theirs = [r[row.key] for r in results.get((row.than or row.name, "ours" if row.than else "theirs"), [])]
    ours = [r[row.key] for r in results.get((row.name, "ours"), [])]
    if not theirs or not ours:
        return None
    # of each round, since what was measured one after the other had the machine in the same mood
    ratios = sorted(mine / other for mine, other in zip(ours, theirs))
    ratio = statistics.median(ratios)
    span = f" ({number(ratios[0])} to {number(ratios[-1])})" if len(ratios) > 1 else ""
    target, met = "", True
    if row.at_most is not None:
        target, met = f"at most {number(row.at_most)}", ratio <= row.at_most
    elif row.at_least is not None:
        target, met = f"at least {number(row.at_least)}", ratio >= row.at_least
    verdict = f"{target}: {'met' if met else '**missed**'}" if target else ""
    left, right = (show_value(statistics.median(values), row.unit) for values in (theirs, ours))
    left += " (ours)" if row.than else ""
    return f"| {row.what} | {left} | {right} | {number(ratio)}{span} | {verdict} |"


def show_value(value: float, unit: str) -> str:
    scale = {"ms": 1e3, "µs": 1e6, "MB": 1 / 2**20}.get(unit, 1)
    return f"{number(value * scale)}{'' if unit == '/s' else ' '}{unit}".strip()


def number(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:#.2g}"


def machine() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    load = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    return (
        f"{os.cpu_count()} cores of {model or platform.machine()}, {platform.system()} {platform.release()}; "
        f"load averages in the end {load}, with whatever else ran"
    )


def versions(python: Path) -> str:
    return subprocess.run([python, "-c", VERSIONS], capture_output=True, text=True, check=True, cwd=HERE).stdout.strip()


PAGE = """\
# Benchmarks

Snowflake's SDK and ours, side by side. `make bench` measures again and writes this page.

| | Snowflake's SDK | ours | ours ÷ theirs | target |
| --- | --- | --- | --- | --- |
{table}

- Date: {date}
- Machine: {machine}
- Snowflake's SDK: {theirs}
- Ours: {ours}

## How it was measured

Both are installed in an environment of their own, with nothing but what they need. The same script,
`benchmarks/measure.py`, runs on both, since the import path is the same. Each measurement is a new process; theirs and
ours take turns, {rounds} in all. The columns show medians. The ratio is the median of the rounds' ratios, with the
smallest and the largest in brackets: the machine is shared, so that only what was measured in one go compares.

The server (`benchmarks/server.py`) runs in a process of its own on loopback, answers from memory without TLS, and does
not wait unless the line says so. What is left is what the client costs. Over a network the answers of a real account
take tens to hundreds of milliseconds, which no client makes shorter: there, processor time, memory and the number of
requests under way are what differs.

- The roots are made from the same stand-in for a Snowpark session. It sends no telemetry, and answers at once what
  Snowflake's SDK asks when a root is made, which otherwise costs a query.
- *Processor time* is that of all threads of the process: for lists all of it, else per call, over 2,000 calls (50 of
  the table) after a tenth as many to warm up. *The whole process* is wall time from start to exit, interpreter
  included. *Memory* is the largest resident set of the whole process. Everything else is wall time.
- A list is walked from its first item to its last, and each task is let go, unless the line says that they are kept.
  100,000 tasks are 75 MB of JSON. Ours against ours of three pages shows that further pages take no further memory.
- Ours loads modules when they are needed, so that a root costs more than theirs, whose modules the import has loaded.
  The program that fetches one task shows what is left of that. What needs a background thread (pages read ahead,
  `…_async` methods) loads aiohttp once, which takes some 70 ms and 13 MB. The lists in pages count it; the fetches in
  flight come after one that is not counted.
- *In flight* are calls of `fetch_async()` on one handle, all made before the first result is taken. Snowflake's SDK has
  as many under way as its thread pool has threads, by default four more than there are cores; ours 100, which bounds
  it to 2,000 a second when each takes 50 ms. The last lines set `_SNOWFLAKE_MAX_THREADS=100`, which both follow: then
  both answer as many a second, so that the default makes the difference, and ours takes about half the processor time.

## The embedded account

`python benchmarks/account.py` holds what the embedded account costs against DuckDB alone, or against the fetch of a
task from it, both in one process, by processor time.

| | ratio | at most |
| --- | --- | --- |
| `select 1` ÷ DuckDB's | 1.8 | 2.3 |
| COPY INTO of 1,000,000 rows of CSV ÷ DuckDB's | 1.5 | 1.5 |
| … ÷ the same without versions of rows | 1.0 | 1.5 |
| a sum over 1,000,000 rows, some of which have a past ÷ DuckDB's | 1.0 | 1.1 |
| the first answer of `snowcore serve` from cold, to a login ÷ import of DuckDB and sqlglot | 1.8 | 2 |
| … and a query after it ÷ the same | 2.8 | 3.5 |

The first answer is one to a login, or one of REST: the parser of SQL, which is a third of that import, is loaded with
the first statement, whose sender waits for it.
"""

if __name__ == "__main__":
    main()
