"""The forms that ``tracker import`` reads, how a file is known to be of one, and its options."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tracker.cli.terminal import say
from tracker.errors import BadInput, UsageError

if TYPE_CHECKING:
    from tracker.cli.face import Face
    from tracker.exchange.record import Unit


class Asked(NamedTuple):
    """What was asked of an import besides its form, by the names of the options."""

    unit: Unit | None = None
    language: str | None = None
    title: str | None = None
    encoding: str | None = None
    show_split: bool = False
    split: str | None = None
    from_: tuple[str, ...] = ()
    rationale: str | None = None
    answers: tuple[str, ...] = ()
    edition: str | None = None
    status: str | None = None
    date: str | None = None
    since: str | None = None
    reopen: bool = False
    reason: str | None = None
    show_pairs: bool = False
    pairs: str | None = None
    meeting: str | None = None
    output: Path | None = None
    force: bool = False
    limit: int = 50
    yes: bool = False


class Form(NamedTuple):
    """A form: what such a file is called, where it is brought in, and the options it has a use for.

    ``store`` names a module here and a function in it that takes the face, the file, its bytes and
    what was asked.
    """

    noun: str
    store: str
    options: frozenset[str]
    suffixes: tuple[str, ...] = ()

    def bring(self, own: Face, file: Path, content: bytes, asked: Asked) -> None:
        """Show what a file brings, and store it if a person agrees."""
        module, function = self.store.split(":")
        getattr(import_module(f"tracker.cli.importing.{module}"), function)(
            own, file, content, asked
        )


_ALWAYS = frozenset({"limit", "yes"})
_OF_MARKED = frozenset({"language", "unit", "title", "since", "from_"})
_OF_MATRIX = frozenset({"language", "encoding", "meeting"})
_OF_SUMMARY = frozenset({"encoding", "meeting", "output", "force"})
FORMS = {
    "draft": Form(
        "a text",
        "texts:store",
        frozenset(Asked._fields) - {"meeting", "output", "force"},
        (".md", ".markdown", ".txt", ".text"),
    ),
    "record": Form("a record", "records:store", frozenset(), (".yaml", ".yml", ".json")),
    "notes": Form("a meeting's notes", "records:store_notes", frozenset({"encoding"})),
    "translation": Form("a translation", "translations:store", frozenset({"language"}), (".csv",)),
    "marked": Form("a marked text", "marked:store", _OF_MARKED, (".docx", ".odt")),
    "criticmarkup": Form("a marked text", "marked:store_criticmarkup", _OF_MARKED | {"encoding"}),
    "matrix": Form("a comment matrix", "matrices:store", _OF_MATRIX, (".xlsx",)),
    "summary": Form("a summary", "summaries:store", _OF_SUMMARY),
}
_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How the files of Office programs begin, and those of older ones."""
_SPELLED = {"from_": "from", "show_split": "show-split", "show_pairs": "show-pairs"}


def check_name(form: str | None) -> None:
    """Raise UsageError for a form that is none."""
    if form is not None and form not in FORMS:
        raise UsageError(f"{form!r} is no form", f"use --as with one of: {', '.join(FORMS)}")


def named(file: Path, content: bytes, form: str | None, encoding: str | None) -> str:
    """Return what a file is, as it was said, or as its name and its content tell.

    Raises BadInput if it cannot be told.
    """
    if form is not None:
        return form
    suffix = file.suffix.lower()
    found = next((name for name, each in FORMS.items() if suffix in each.suffixes), None)
    if found is None:
        raise BadInput(
            f"{file.name} is not of a form this program reads: "
            + (f"its name ends in {file.suffix!r}" if suffix else "its name has no suffix"),
            "it reads texts (.txt, .md), marked ones (.docx, .odt), records (.yaml, .json), "
            "comment matrices (.xlsx, .csv) and tables of translations (.csv); --as draft, record, "
            "matrix, marked or translation reads one of another name",
        )
    if found not in ("marked", "matrix") and content.startswith(_PACKED):
        raise BadInput(
            f"{file.name} is called a text, and is a file of an Office program",
            "give it the name of what it is: .docx, .odt or .xlsx",
        )
    if found == "translation":
        from tracker.formats.matrix.read import is_matrix

        return "matrix" if is_matrix(content, file.name, encoding) else found
    return _form_of_text(file.name, content) if found == "draft" else found


def _form_of_text(name: str, content: bytes) -> str:
    """Return whether a text is a draft, a meeting's notes, or one that went out with marks."""
    from tracker.formats.criticmarkup import signs
    from tracker.formats.notes.read import names_meeting

    if signs.is_stamped(content):
        return "criticmarkup"
    if names_meeting(content):
        return "notes"
    if signs.has_marks(content):
        say(f"the marks in {name} are taken as text: --as criticmarkup reads them as changes")
    return "draft"


def check(form: str, file: Path, asked: Asked) -> None:
    """Raise UsageError for an option that the form has no use for."""
    usual = Asked()
    for option, value in asked._asdict().items():
        wanted = FORMS[form].options | _ALWAYS
        if value != getattr(usual, option) and option not in wanted:
            spelled = _SPELLED.get(option, option)
            known = dict.fromkeys(each.noun for each in FORMS.values() if option in each.options)
            raise UsageError(
                f"--{spelled} is for {' or '.join(known)}; {file.name} is {FORMS[form].noun}",
                "leave it out, or say what the file is with --as",
            )


def read(file: Path) -> bytes:
    """Return the bytes of a file. Raises BadInput if it cannot be read."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise BadInput(f"there is no file {file}", "check its name") from None
    except IsADirectoryError:
        raise BadInput(f"{file} is a folder", "name a file in it") from None
    except OSError as error:
        raise BadInput(
            f"{file} cannot be read: {error.strerror}", "check its name and its permissions"
        ) from None
