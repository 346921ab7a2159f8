"""The namespaces of OpenDocument, each as lxml puts it before a name."""

from __future__ import annotations

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = {
    "office": f"{_OASIS}office:1.0",
    "text": f"{_OASIS}text:1.0",
    "table": f"{_OASIS}table:1.0",
    "draw": f"{_OASIS}drawing:1.0",
    "style": f"{_OASIS}style:1.0",
    "fo": f"{_OASIS}xsl-fo-compatible:1.0",
    "meta": f"{_OASIS}meta:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
}
OFFICE, TEXT, TABLE, DRAW, STYLE, FO, META, DC, LOEXT = (f"{{{uri}}}" for uri in SPACES.values())
"""``loext`` is LibreOffice's own: what a comment answers, and whether it is resolved."""

LINE = "_trk_"
"""How the name of a bookmark begins that is around a line; its label follows."""
OURS = "tracker."
"""How the properties of a file are named that this program put there."""
NO_TIME = "1970-01-01T00:00:00"
"""Written where no time is known: a change must have one."""


def local(name: str) -> str:
    """Return a name without its namespace: early files use others."""
    return name.rpartition("}")[2]
