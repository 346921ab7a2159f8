"""Where a command that makes a file puts it: into the file that is named, or to stdout."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tracker.cli.terminal import say, visible
from tracker.errors import BadInput, Refused


def write(content: bytes, output: Path | None, *, force: bool) -> None:
    """Write into a file, else to stdout; to a terminal only what it does not obey.

    Raises Refused for a file that is there, unless told to overwrite it, BadInput if it cannot be
    written.
    """
    if output is None:
        if sys.stdout.isatty():
            sys.stdout.write(visible(content.decode()))
        else:
            sys.stdout.buffer.write(content)
        return
    try:
        if force and output.exists():
            _replace(output, content)
        else:
            with output.open("xb") as file:
                file.write(content)
    except FileExistsError:
        raise Refused(f"{output} is there already", "name another file, or use --force") from None
    except OSError as error:
        raise BadInput(
            f"{output} cannot be written: {error.strerror}", "name another file"
        ) from None
    say(f"wrote {output}")


def _replace(output: Path, content: bytes) -> None:
    """Put a new file in the place of an old one, which stays whole until the new one is."""
    draft = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        draft.write_bytes(content)
        draft.replace(output)
    finally:
        draft.unlink(missing_ok=True)
