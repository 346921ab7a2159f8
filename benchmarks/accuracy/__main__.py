"""The text engine's accuracy beside its peers'.

python -m benchmarks.accuracy --data DIR [--only alignment]
"""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

from benchmarks.report import show

PARTS = ("segmentation", "alignment", "edits", "anchors", "merging", "editions", "proposals")


def main() -> int:
    """Measure each part; return 1 if a figure is not where it should be."""
    parser = argparse.ArgumentParser(description="Measure how often the text engine is right.")
    parser.add_argument("--data", type=Path, required=True, help="The folder of real texts.")
    parser.add_argument("--only", choices=PARTS, action="append", help="Measure this part alone.")
    options = parser.parse_args()
    all_met = True
    for part in options.only or PARTS:
        module = importlib.import_module(f"benchmarks.accuracy.{part}")
        all_met = show(module.TITLE, module.measure(options.data)) and all_met
    return 0 if all_met else 1


if __name__ == "__main__":
    sys.exit(main())
