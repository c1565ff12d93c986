"""The crawl process's memory while pages go by: flat, whatever their number.

python -m benchmarks.crawling.memory --pages 100000
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.crawling.runs import OURS, run
from benchmarks.crawling.site import served

AT_ONCE = 16


def peak(pages: int) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder, served(pages) as (url, asked):
        used = run(OURS, Path(folder), url, AT_ONCE)
        if used.code or asked.value < pages:
            raise SystemExit(f"ended with {used.code} after {asked.value} requests")
        return used.peak_megabytes, used.wall_seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=4000)
    pages = parser.parse_args().pages
    for number in (pages // 10, pages):
        megabytes, seconds = peak(number)
        print(f"{number:7,} pages: {megabytes:5.0f} MB at most, {seconds:5.0f} s (at most 350 MB)")


if __name__ == "__main__":
    main()
