"""The names of WordprocessingML that reading and writing share."""

from __future__ import annotations

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{WORD}}}"
"""Before the name of an element or attribute, as lxml writes it: ``W + "p"``."""


def local(tag: str) -> str:
    """Return a name without its namespace: what newer parts call it differs between versions."""
    return tag.rpartition("}")[2]
