"""The terminal: what is printed, asked and read there. Data to stdout, messages to stderr."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from tracker.errors import BadInput, Refused, TrackerError, UsageError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

# C0 and C1 controls, and the marks that reorder what is read: shown, never obeyed.
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_PADDING = re.compile(" +(?=\n)")


def visible(text: str) -> str:
    r"""Return a text in which control characters are written out, such as ``\x1b``."""
    return _CONTROLS.sub(_written, text.replace("\r\n", "\n"))


def _written(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def plain(text: str, style: str = "") -> Text:
    """Return people's words for printing: as they are, without markup, nothing in them obeyed."""
    from rich.text import Text

    return Text(visible(text), style=style)


_NARROWEST = 10
"""Columns: a terminal that says it has fewer is not to be believed."""


def console() -> Console:
    """Return the console for stdout: as wide as the terminal, in colour where it is wanted."""
    from rich import console

    class Console(console.Console):
        def on_broken_pipe(self) -> None:
            """Let the caller end in silence; rich would end the process with status 1."""
            raise BrokenPipeError

    file = None if sys.stdout.isatty() else cast("IO[str]", _Piped())
    made = Console(highlight=False, markup=False, emoji=False, soft_wrap=False, file=file)
    if made.width < _NARROWEST:
        made.width = _NARROWEST
    return made


class _Piped:
    """Standard output where it is no terminal: rows end where their words do, not their cells."""

    @property
    def encoding(self) -> str:
        """How it is written."""
        return sys.stdout.encoding

    def write(self, text: str) -> int:
        """Write whole rows, as the console does."""
        return sys.stdout.write(_PADDING.sub("", text))

    def flush(self) -> None:
        """Write what waits."""
        sys.stdout.flush()


def coloured(target: Console) -> bool:
    """Return whether the console shows colours, so that a redline needs no other marks."""
    return target.is_terminal and not target.no_color and target.color_system is not None


def write_json(data: Any) -> None:
    """Write data as JSON to stdout."""
    import json

    # JSON may hold C1 controls and bidirectional marks as they are; a terminal would obey them.
    text = json.dumps(data, ensure_ascii=False, indent=2)
    escaped = _CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    sys.stdout.write(escaped + "\n")


def say(message: str) -> None:
    """Write a message to stderr; on a terminal it is wrapped between words."""
    if sys.stderr.isatty():
        from rich.console import Console

        Console(stderr=True, highlight=False, markup=False, emoji=False).print(plain(message))
        return
    try:
        sys.stderr.write(visible(message) + "\n")
    except BrokenPipeError:
        # Nobody reads the messages any more: that must not keep a command from what it was told.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


@contextmanager
def previewing() -> Iterator[None]:
    """Let a command that shows on stdout what it will store go on when nobody reads that."""
    try:
        yield
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def fail(message: str, hint: str | None) -> None:
    """Write to stderr what was wrong and what to do next."""
    say(f"tracker: {message}")
    if hint:
        say(f"  {hint}")


def interactive() -> bool:
    """Return whether a person can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def agreed(question: str, *, yes: bool) -> bool:
    """Return whether a person agrees to store what was shown; ``--yes`` agrees beforehand.

    Raises UsageError where nobody can be asked.
    """
    if yes:
        return True
    if not interactive():
        raise UsageError("nobody is there to be asked", "say --yes to store it")
    return ask(question)


def ask(question: str) -> bool:
    """Ask a person on stderr; anything but yes is no."""
    return choose(f"{question} [y/N]", ("y",)) == "y"


def choose(question: str, letters: Sequence[str]) -> str | None:
    """Ask a person on stderr for one of some letters, or the word it begins; None for all else."""
    sys.stderr.write(f"{question} ")
    sys.stderr.flush()
    answer = sys.stdin.readline().strip().lower()
    words = {"y": "yes", "e": "edit"}
    return next((letter for letter in letters if answer in (letter, words.get(letter))), None)


def given(value: str | None, name: str, start: str = "") -> str:
    """Return a text given as an argument, ``-`` (stdin), ``@file``, or written in ``$EDITOR``.

    ``start`` is what the editor begins with.
    Raises BadInput if the file cannot be read or is not UTF-8, UsageError if nothing was given.
    """
    if value == "-":
        return _decoded(sys.stdin.buffer.read(), "standard input").rstrip("\n")
    if value is not None and value.startswith("@"):
        path = Path(value[1:])
        try:
            content = path.read_bytes()
        except OSError as error:
            raise BadInput(
                f"{path} cannot be read: {error.strerror}",
                f"to give a text that begins with “@”, pipe it in: {name} -",
            ) from None
        return _decoded(content, str(path)).rstrip("\n")
    if value is not None:
        return value
    if interactive() and has_editor():
        return edited(name.lstrip("-"), start)
    raise UsageError(f"{name} is missing", f'give it as {name} "…", {name} @file or {name} -')


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise BadInput(
            f"{name} is not UTF-8 at byte {error.start + 1}", "save it as UTF-8"
        ) from None


def has_editor() -> bool:
    """Return whether ``$EDITOR`` names an editor."""
    return bool(_editor())


def _editor() -> str | None:
    return os.environ.get("VISUAL") or os.environ.get("EDITOR")


@contextmanager
def keeping(text: str | None) -> Iterator[None]:
    """Keep what a person wrote in the editor, if what comes of it is refused, and say where."""
    try:
        yield
    except TrackerError as error:
        if text is not None and text.strip():
            error.hint = f"{error.hint or ''}\n  what you wrote is kept in {_kept(text)}".strip()
        raise


def _kept(text: str) -> str:
    """Return the file in which a text is kept."""
    import tempfile

    handle, path = tempfile.mkstemp(prefix="tracker-", suffix=".txt")
    with open(handle, "w", encoding="utf-8") as file:  # noqa: PTH123  # mkstemp gives no path
        file.write(text)
    return path


def edited(name: str, start: str) -> str:
    """Return what a person makes of a text in ``$EDITOR``. Raises Refused if there is none.

    What was written is kept in a file, which is named, if the editor fails.
    """
    import shlex
    import subprocess
    import tempfile

    editor = _editor()
    if editor is None:
        raise Refused("no editor is set", "set EDITOR, to nano for instance")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.txt"
        path.write_text(start, encoding="utf-8")
        try:
            done = subprocess.run([*shlex.split(editor), str(path)], check=False)
        except (OSError, ValueError) as error:
            raise Refused(f"the editor {editor!r} does not start: {error}", "set EDITOR") from None
        try:
            content = path.read_bytes()
        except OSError:
            raise Refused("the editor left no file", "save the text, then end the editor") from None
        if done.returncode != 0:
            text = content.decode("utf-8", "replace")
            kept = f"; what you wrote is kept in {_kept(text)}" if text not in ("", start) else ""
            raise Refused(
                f"the editor ended with status {done.returncode}", f"nothing was stored{kept}"
            )
    return _decoded(content, "what the editor saved").rstrip("\n")
