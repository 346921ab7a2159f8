"""The forms that ``tracker export`` writes, and what may be asked of each."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.services.snapshot import Snapshot


class Asked(NamedTuple):
    """What was asked of an export besides its form, by the names of the options."""

    redline: str | None = None
    with_: tuple[str, ...] = ()
    stale: str | None = None
    brackets: bool = False
    encoding: str | None = None
    with_internal: bool = False
    languages: tuple[str, ...] = ()
    profile: str | None = None


class Form(NamedTuple):
    """A form: the suffixes it is known by, where it is written, and the options it has a use for.

    ``writer`` names a module here and a function in it that takes the snapshot, the name of the
    form and what was asked, and returns the file; ``binary`` says that nobody can read it as text.
    """

    suffixes: tuple[str, ...]
    writer: str
    options: frozenset[str]
    binary: bool = False

    def write(self, snapshot: Snapshot, name: str, asked: Asked) -> bytes:
        """Return the file."""
        module, function = self.writer.split(":")
        found = getattr(import_module(f"tracker.cli.exporting.{module}"), function)
        content: bytes = found(snapshot, name, asked)
        return content


_OF_COMMENTS = frozenset({"with_internal", "profile"})
_OF_PAGE = frozenset({"redline", "languages", "with_internal"})
_OF_TEXT = frozenset({"redline", "with_", "brackets", "encoding"})
_OF_MARKED = frozenset({"redline", "with_", "with_internal"})
FORMS = {
    "markdown": Form((".md", ".markdown"), "texts:write", _OF_TEXT),
    "text": Form((".txt", ".text"), "texts:write", _OF_TEXT),
    "criticmarkup": Form((), "marked:write_criticmarkup", _OF_MARKED | {"encoding"}),
    "odt": Form((".odt",), "marked:write_odt", _OF_MARKED, binary=True),
    "jsonld": Form((".jsonld",), "marked:write_annotations", frozenset({"with_internal"})),
    "yaml": Form((".yaml", ".yml"), "records:write", frozenset({"with_internal"})),
    "json": Form((".json",), "records:write", frozenset({"with_internal"})),
    "docx": Form((".docx",), "word:write", _OF_MARKED, binary=True),
    "csv": Form((".csv",), "matrix:write", _OF_COMMENTS | {"stale"}),
    "xlsx": Form((".xlsx",), "matrix:write", _OF_COMMENTS, binary=True),
    "html": Form((".html", ".htm"), "pages:write", _OF_PAGE),
    "pdf": Form((".pdf",), "pages:write", _OF_PAGE, binary=True),
}
_SPELLED = {"with_": "with", "with_internal": "with-internal"}


def named(name: str | None, output: Path | None, asked: Asked) -> str:
    """Return the form that is asked for, or that the name of the file says; usually Markdown.

    Raises UsageError if there is none of that name.
    """
    if name is None and output is None:
        return "csv" if asked.stale is not None else "markdown"
    suffix = output.suffix.lower() if output else ""
    found = name or next((n for n, form in FORMS.items() if suffix in form.suffixes), None)
    if found not in FORMS:
        raise UsageError(
            f"{name or str(output)!r} is no format this program writes",
            f"use --format with one of: {', '.join(FORMS)}",
        )
    return found


def check(name: str, output: Path | None, asked: Asked) -> None:
    """Raise UsageError for an option that the form has no use for, or for two that exclude."""
    usual = Asked()
    for option, value in asked._asdict().items():
        if value != getattr(usual, option) and option not in FORMS[name].options:
            spelled = _SPELLED.get(option, option)
            known = ", ".join(n for n, form in FORMS.items() if option in form.options)
            raise UsageError(f"{name} has no use for --{spelled}", f"use it with --format {known}")
    if asked.stale is not None and (asked.profile or asked.with_internal):
        raise UsageError(
            "the table that --stale writes holds no comments",
            "leave out --profile and --with-internal",
        )
    if FORMS[name].binary and output is None and sys.stdout.isatty():
        raise UsageError(f"{name} is nothing to read at a terminal", f"write it: -o FILE.{name}")
    if asked.brackets and asked.redline:
        raise UsageError("--brackets and --redline mark the text twice", "use one of them")
