"""The statements that daily commands send to a database, their times and how it answers them.

python -m benchmarks.plans URL [--full]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy import Connection, event

from benchmarks.filled import HOT, RARE
from tracker.services import agenda, history, lines, searching, sorting
from tracker.services.comments import reading as comments
from tracker.services.proposals import reading as proposals
from tracker.services.snapshot import Snapshot, latest
from tracker.store.open import open_store

COMMANDS: dict[str, Callable[[Snapshot], Any]] = {
    "flagged": lambda now: lines.flagged(now, limit=50),
    "flagged --all": lambda now: lines.flagged(now, decided=True, limit=50),
    "flagged --meeting M11": lambda now: _sorted(now, meeting="M11"),
    "flagged --side Japan --kind question": lambda now: _sorted(now, side="Japan", kind="question"),
    "flagged --meeting M3": lambda now: _sorted(now, meeting="M3"),
    "show": lambda now: comments.listed(now, line=HOT, limit=50),
    "log": lambda now: history.log(now.connection, limit=20),
    "search, rare": lambda now: searching.find(now, RARE, limit=50),
    "search, common": lambda now: searching.find(now, "the", limit=50),
    "search, two characters": lambda now: searching.find(now, "人権", limit=50),
    "status": lambda now: agenda.agenda(now, "2022-09-30"),
    "comment list": lambda now: comments.listed(now, limit=50),
    "proposal list": lambda now: proposals.listed(now, limit=50),
}


def _sorted(now: Snapshot, **named: str) -> Any:
    of = sorting.named(now, **{"meeting": None, "side": None, "kind": None, **named})
    return lines.flagged(now, of=of, limit=50)


def main() -> None:
    """Print each command's statements, slowest first, with their plans."""
    parser = argparse.ArgumentParser(description="Explain the statements of daily commands.")
    parser.add_argument("database")
    parser.add_argument("--full", action="store_true", help="Plans of quick statements too.")
    options = parser.parse_args()
    with open_store(options.database).read() as connection:
        now = latest(connection)
        for name, command in COMMANDS.items():
            # Once before, so that the statements are made and the pages are read.
            command(now)
            _explain(name, connection, _sent(connection, partial(command, now)), options.full)


def _sent(connection: Connection, run: Callable[[], Any]) -> list[tuple[float, str, Any]]:
    """Return what is sent meanwhile: milliseconds to the first row, statement, values."""
    sent: list[tuple[float, str, Any]] = []
    started = [0.0]

    def before(*_: Any) -> None:
        started[0] = time.perf_counter()

    def after(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        sent.append(((time.perf_counter() - started[0]) * 1000, statement, values))

    listeners = (("before_cursor_execute", before), ("after_cursor_execute", after))
    for what, listener in listeners:
        event.listen(connection, what, listener)
    try:
        run()
    finally:
        for what, listener in listeners:
            event.remove(connection, what, listener)
    return sent


def _explain(
    name: str, connection: Connection, sent: list[tuple[float, str, Any]], full: bool
) -> None:
    print(f"\n{name}: {sum(each[0] for each in sent):.1f} ms in {len(sent)} statements")
    word = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
    for taken, statement, values in sorted(sent, key=lambda each: -each[0]):
        if taken < 2 and not full:
            continue
        print(f"  {taken:.1f} ms: {' '.join(statement.split())[:150]}")
        for row in connection.exec_driver_sql(word + statement, values):
            print(f"      {row[-1]}"[:150])


if __name__ == "__main__":
    main()
