"""The laws of the text engine on fresh examples, again and again, for a bounded time.

python tests/fuzz.py [--seconds 300] [--only merge] [--seed N]

The property tests are run file by file, each time with a seed of its own, from which hypothesis
draws other examples. A failure stops it and prints the smallest failing example, and how to see it
again.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def laws(only: str) -> list[str]:
    """Return the files of the text engine's laws: those of redlines, quotes, merges and so on."""
    files = sorted((ROOT / "tests" / "property").glob("test_*_laws.py"))
    named = [str(file.relative_to(ROOT)) for file in files if "tracker.text" in file.read_text()]
    return [name for name in named if only in name]


def main() -> int:
    """Run the laws until the time is up or one is broken; return pytest's status of the last."""
    parser = argparse.ArgumentParser(description="Try the text engine's laws on fresh examples.")
    parser.add_argument("--seconds", type=float, default=300, help="How long to go on.")
    parser.add_argument("--only", default="", help="Run the files with this in their name.")
    parser.add_argument("--seed", type=int, help="Run each file once, with this seed.")
    options = parser.parse_args()
    files = laws(options.only)
    if not files:
        parser.error(f"no laws in a file named like {options.only!r}")
    end = time.monotonic() + options.seconds
    runs = 0
    while True:
        seed = options.seed if options.seed is not None else random.randrange(2**32)
        for name in files:
            status = run(name, seed, end)
            if status:
                print(f"again: python tests/fuzz.py --only {Path(name).stem} --seed {seed}")
            if status or status is None:
                print(f"before that {runs} runs of {len(files)} files, no law broken")
                return status or 0
            runs += 1
        if options.seed is not None:
            return 0


def run(name: str, seed: int, end: float) -> int | None:
    """Run a file of laws once; return pytest's status, or None if the time is up before its end."""
    command = [
        *(sys.executable, "-m", "pytest", "--quiet", "--no-header", "-p", "no:cacheprovider"),
        *(f"--hypothesis-seed={seed}", name),
    ]
    try:
        left = end - time.monotonic()
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=max(left, 0)
        )
    except subprocess.TimeoutExpired:
        print("the time is up")
        return None
    if done.returncode:
        print(done.stdout, done.stderr, sep="\n")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
