"""Comments as annotations of a text: each with the places that it is on."""

from __future__ import annotations

from typing import NamedTuple

from tracker.exchange.review import Said


class Target(NamedTuple):
    """Words of the text as it goes out clean, from ``start`` to before ``end`` (code points).

    Those of words that are gone are none; ``prefix`` and ``suffix`` are what stands around them.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None


class Annotation(NamedTuple):
    """A comment, what it is on, and when it was made (UTC, with a ``Z``).

    On nothing in the text it is on the document, or on what ``said.about`` names. ``creator`` is
    who said it, none where that may not be told; ``is_side`` that it names a side, no person.
    """

    said: Said
    targets: tuple[Target, ...]
    created: str | None
    creator: str | None
    is_side: bool = False


class Annotations(NamedTuple):
    """All comments on a document at an entry, in the order of their numbers."""

    key: str
    title: str
    language: str
    entry: int
    annotations: tuple[Annotation, ...]
