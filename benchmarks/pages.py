"""Time of the first run and of reruns of every page with all samples loaded, through Streamlit's own test runner.

usage: python -m benchmarks.pages [RUNS]
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

from streamlit.testing.v1 import AppTest

from pages.parts.sample_library import sample_library

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("overview", "proactive", "applications", "disputes", "upload", "methodology")


def main(runs: int) -> None:
    """Print a Markdown table: page, first run, median rerun."""
    library = sample_library()
    library.start()
    library.wait(300)
    print("| page | first run ms | rerun ms (median) |\n|---|---|---|")
    for page in PAGES:
        app = AppTest.from_file(str(ROOT / "pages" / "parts" / "frame.py"), default_timeout=60)
        app.switch_page(str(ROOT / "pages" / f"{page}.py"))
        times = []
        for _ in range(runs + 1):
            start = time.perf_counter()
            app.run()
            times.append((time.perf_counter() - start) * 1000)
        if app.exception:
            raise SystemExit(f"{page}: {app.exception[0].value}")
        print(f"| {page} | {times[0]:.0f} | {statistics.median(times[1:]):.0f} |")
    library.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
