"""Run a command of ``tracker`` and press Ctrl-C at its n-th statement, counted from 1; 0: never.

The number of statements that could be interrupted is written to the file named first:
``python -m tests.functional.interrupted COUNT_FILE N WORDS…``. ``commit`` as N means: while
what was written is committed.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event

from tracker.cli.app import run

count = 0


def main() -> None:
    file, point, *words = sys.argv[1:]

    def press() -> None:
        os.kill(os.getpid(), signal.SIGINT)

    def statement(*_: Any) -> None:
        global count  # noqa: PLW0603  # an event has nowhere else to keep it
        if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
            return
        count += 1
        if str(count) == point:
            press()

    def commit(connection: Connection) -> None:
        if point == "commit" and connection.get_execution_options().get("writes"):
            press()

    event.listen(Engine, "before_cursor_execute", statement)
    event.listen(Engine, "commit", commit)
    status = run(words)
    Path(file).write_text(str(count), encoding="utf-8")
    sys.exit(status)


if __name__ == "__main__":
    main()
