"""The text engine's speed beside its peers', on texts made from a seed.

python -m benchmarks.speed [--only document]
"""

from __future__ import annotations

import argparse
import sys

from benchmarks.report import show
from benchmarks.speed.parts import PARTS


def main() -> int:
    """Measure each part; return 1 if a figure is not where it should be."""
    parser = argparse.ArgumentParser(description="Measure how long the text engine takes.")
    parser.add_argument("--only", choices=PARTS, action="append", help="Measure this part alone.")
    options = parser.parse_args()
    all_met = True
    for part in options.only or PARTS:
        title, measure = PARTS[part]
        all_met = show(title, measure()) and all_met
    return 0 if all_met else 1


if __name__ == "__main__":
    sys.exit(main())
