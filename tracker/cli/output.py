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

    A link stays one, and who may read a file that is replaced stays as it was. What is no file,
    such as a pipe or a device, is written into. Raises Refused for what is there already, unless
    told to overwrite it, BadInput if it cannot be written.
    """
    # Unlike Path.resolve it leaves a link that leads to itself to whoever opens it.
    place = Path(os.path.realpath(output))
    try:
        if place.exists() and not force:
            raise FileExistsError
        if place.exists() and not place.is_file():
            with place.open("wb") as file:
                file.writelines(parts)
        else:
            _put(parts, place, force=force)
    except FileExistsError:
        raise Refused(f"{output} is there already", "name another file, or use --force") from None
    except OSError as error:
        raise BadInput(
            f"{output} cannot be written: {error.strerror}", "name another file"
        ) from None


def _put(parts: Iterable[bytes], place: Path, *, force: bool) -> None:
    draft = place.with_name(f".{os.getpid()}.tracker")
    old = place.stat().st_mode & 0o777 if place.exists() else None
    try:
        if old is not None:
            draft.touch(0o600)
        with draft.open("wb") as file:
            file.writelines(parts)
        if old is not None:
            draft.chmod(old)
        if force:
            draft.replace(place)
        else:
            _name(draft, place)
    finally:
        draft.unlink(missing_ok=True)


def _name(draft: Path, place: Path) -> None:
    """Give a file its name. Raises FileExistsError if another has it."""
    try:
        place.hardlink_to(draft)
    except FileExistsError:
        raise
    except OSError:
        # Some file systems, of memory sticks say, know one name a file.
        place.touch(exist_ok=False)
        draft.replace(place)
