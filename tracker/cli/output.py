"""Where a command that makes a file puts it: into the file that is named, or to stdout."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from tracker.cli.terminal import say, visible
from tracker.errors import BadInput, Refused


def write(content: bytes, output: Path | None, *, force: bool) -> None:
    """Write into a file, as :func:`write_file` does, else to stdout.

    To a terminal goes only what it does not obey.
    """
    if output is None:
        if sys.stdout.isatty():
            sys.stdout.write(visible(content.decode()))
        else:
            sys.stdout.buffer.write(content)
        return
    write_file([content], output, force=force)
    say(f"wrote {output}")


def write_file(parts: Iterable[bytes], output: Path, *, force: bool) -> None:
    """Write a file that is there only once it is whole; one that it replaces stays until then.

    Raises Refused for a file that is there, unless told to overwrite it, BadInput if it cannot be
    written.
    """
    draft = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        if output.exists() and not force:
            raise FileExistsError
        with draft.open("wb") as file:
            file.writelines(parts)
        if not force:
            output.touch(exist_ok=False)
        draft.replace(output)
    except FileExistsError:
        raise Refused(f"{output} is there already", "name another file, or use --force") from None
    except OSError as error:
        raise BadInput(
            f"{output} cannot be written: {error.strerror}", "name another file"
        ) from None
    finally:
        draft.unlink(missing_ok=True)
