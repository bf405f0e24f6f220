#!/usr/bin/env python3
"""Machines, hours and cost of coding a news crawl, from rates that were measured: the table of docs/archive.md.

    benchmarks/archive_arithmetic.py [--pages-a-day N] [--archive N] [--english SHARE] [--words N] [--read PAGES/S]
                                     [--code WORDS/S] [--candidates WORDS/S] [--price PER_CORE_HOUR]

The defaults are those of the page, which says of each whether it was measured, read or assumed. Give your own.
"""

from __future__ import annotations

import argparse

DEFAULTS = {
    "pages-a-day": 377_000.0,
    "archive": 1_350_000_000.0,
    "english": 0.4,
    "words": 400.0,
    "read": 31.0,
    "code": 10_000.0,
    "candidates": 23_000.0,
    "price": 0.05,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, value in DEFAULTS.items():
        parser.add_argument(f"--{name}", type=float, default=value)
    asked = parser.parse_args()
    print("| | read pages | code | core-hours | 8 cores | 320 cores | cost |")
    print("|---|---|---|---|---|---|---|")
    for what, pages in (("a day", asked.pages_a_day), ("ten years", asked.archive)):
        read = pages / asked.read / 3_600
        for how, rate in (("all reports", asked.code), ("candidates", asked.candidates)):
            code = pages * asked.english * asked.words / rate / 3_600
            hours = read + code
            print(
                f"| {what}, {how} | {read:,.1f} h | {code:,.1f} h | {hours:,.1f} | {hours / 8:,.1f} h | "
                f"{hours / 320:,.2f} h | {hours * asked.price:,.2f} |"
            )


if __name__ == "__main__":
    main()
