"""Print how fast the dashboard is, as a Markdown table, beside a bare page of the same Streamlit in the same run.

usage: python -m benchmarks.dashboard FOLDER [--reports 50000] [--turns 25] [--only reruns browser figures] [--pages years …]

FOLDER must be outside the checkout; the store is furnished there first where it is not there yet.
"""

from __future__ import annotations

import argparse
import os
import statistics
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from benchmarks.dashboard.chromium import chromium, clicks, cold_visit
from benchmarks.dashboard.figures import built, write_figure
from benchmarks.dashboard.place import furnish, organs_of_the_city
from benchmarks.dashboard.reruns import bare, every_page, query_of
from benchmarks.dashboard.server import BARE, ROOT, Server

PARTS = ("reruns", "browser", "figures")
HEAD = "| Page | first | rerun median | p95 | processor | another choice median | p95 | processor | kB | charts |"


def main() -> None:
    """Furnish, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.dashboard", description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, help="where the store is, or is to be furnished")
    parser.add_argument("--reports", type=int, default=50_000, help="how many reports are drawn")
    parser.add_argument("--turns", type=int, default=25, help="how often each thing is measured")
    parser.add_argument("--only", nargs="*", choices=PARTS, default=PARTS, help="parts to measure")
    parser.add_argument("--pages", nargs="*", default=[], help="pages whose reruns are measured; all where none is named")
    options = parser.parse_args()
    folder = options.folder.resolve()
    if folder.is_relative_to(ROOT):
        parser.error("the folder must be outside the checkout")
    furnish(folder, options.reports)
    load = os.getloadavg()[0]
    print(f"Load of the machine {load:.1f}; {options.reports:,} reports drawn; milliseconds, {options.turns} turns\n")
    if "reruns" in options.only:
        _reruns(folder, options.turns, options.pages)
    if "browser" in options.only:
        _browser(folder, options.turns)
    if "figures" in options.only:
        print("\n| Figure of 100 organs × 7 years | median | longest |\n|---|---:|---:|")
        for name, median, longest in built(options.turns):
            print(f"| {name} | {median:.1f} | {longest:.1f} |")


def _reruns(folder: Path, turns: int, pages: list[str]) -> None:
    organs = organs_of_the_city(20)
    print(HEAD, "|---|" + "---:|" * (HEAD.count("|") - 2), sep="\n")
    with Server("bare_app:app", BARE) as plain, Server("app:app", ROOT, folder) as server:
        print(f"| bare page | | {_two(bare(plain, turns))} | | | | | | 1 |", flush=True)
        for found in every_page(server, organs, turns, pages):
            same, changed = (
                f"{_two(times)} | {used:.0f}" for times, used in zip((found.same, found.changed), found.processor, strict=True)
            )
            row = f"| {found.page} | {found.first:.0f} | {same} | {changed} |"
            print(f"{row} {found.kilobytes:.0f} | {found.charts} |", flush=True)
        print(f"| bare page again | | {_two(bare(plain, turns))} | | | | | | 1 |", flush=True)


def _browser(folder: Path, turns: int) -> None:
    query = urlencode(query_of("agencies", organs_of_the_city(20)))
    print("\n| In Chromium | median | p95 | files kB | messages kB |\n|---|---:|---:|---:|---:|")
    with Server("bare_app:app", BARE) as plain, Server("app:app", ROOT, folder) as server, chromium() as browser:
        pages = {
            "bare page": plain.address,
            "agencies": f"{server.address}/agencies?{query}",
            "overview": f"{server.address}/?{query}",
        }
        for name, address in pages.items():
            visits = [cold_visit(browser, address) for _ in range(max(3, turns // 4))][1:]
            sizes = f"{statistics.median(one.loaded for one in visits) / 1e3:.0f} | {visits[0].socket / 1e3:.0f}"
            print(f"| cold visit → first chart, {name} | {_two([1000 * one.seconds for one in visits])} | {sizes} |", flush=True)
        more, plot = '[data-testid="stButton"] button', ".js-plotly-plot"
        row = "| click → chart redrawn, {} | {} | | |"
        print(row.format("bare page", _two(clicks(browser, plain.address, lambda _: more, plot, turns))), flush=True)
        kinds = ".st-key-filter_basis button:nth-of-type({})"
        found = clicks(
            browser, pages["agencies"], lambda turn: kinds.format(1 + (turn + 1) % 2), f".st-key-plot_agencies {plot}", turns
        )
        print(row.format("agencies, 20 organs × 7 years", _two(found)), flush=True)
        with TemporaryDirectory() as place:
            for name in ("ordered", "heat map"):
                for organs in (20, 3_000):
                    address = f"{plain.address}/?{urlencode({'figure': write_figure(name, organs, Path(place))})}"
                    times = _two(clicks(browser, address, lambda _: more, plot, turns))
                    print(row.format(f"bare page with our {name} of {organs:,} organs", times), flush=True)


def _two(times: list[float]) -> str:
    """Median and the time that one in twenty exceeds."""
    return f"{statistics.median(times):.1f} | {sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]:.1f}"


if __name__ == "__main__":
    main()
