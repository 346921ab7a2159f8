"""The pairs of a text and its translation, written out so that a person can mend them.

Each line of the draft stands behind the labels that it renders; lines that begin with ``#`` show
the authentic text and are passed over. Only labels may be changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tracker.errors import BadInput
from tracker.exchange import rules
from tracker.exchange.draft import Draft
from tracker.exchange.parallel import Paired, Source

_BAR = "|"
_NONE = "-"
_HEAD = """\
# Each line below stands behind the labels of the lines that it renders. Change only the labels:
# “4 5 |” renders both, “- |” none of them; several lines in a row behind “4 |” are one wording.
"""


def write(pairs: Sequence[Paired], draft: Draft, sources: Sequence[Source]) -> str:
    """Return the pairs, each under the authentic text that it is said to render."""
    texts = {source.label: source.text for source in sources}
    return _HEAD + "".join(row + "\n" for pair in pairs for row in _rows(pair, draft, texts))


def _rows(pair: Paired, draft: Draft, texts: dict[str, str]) -> Iterator[str]:
    yield ""
    for label in pair.labels:
        yield f"# {label}: {_line(texts[label])}"
    if pair.doubtful:
        yield "# (doubtful)"
    if not pair.places:
        yield "# (nothing renders it)"
    for place in pair.places:
        yield f"{' '.join(pair.labels) or _NONE} {_BAR} {_line(draft.lines[place].text)}"


def _line(text: str) -> str:
    return " ".join(text.split())


def read(text: str, draft: Draft, sources: Sequence[Source]) -> list[Paired]:
    """Return the pairs that a person made of them, in the order of the draft.

    Raises BadInput if anything but labels was changed, for a label that there is not, or that
    stands in two places.
    """
    known = {source.label for source in sources}
    rows = [
        (number, row)
        for number, row in enumerate(text.splitlines(), 1)
        if row.strip() and not row.lstrip().startswith("#")
    ]
    if len(rows) != len(draft.lines):
        raise BadInput(
            f"the pairs have {len(rows)} lines, the text has {len(draft.lines)}",
            "change only the labels; to split or join lines of the text use --split first",
        )
    pairs: list[Paired] = []
    for place, (number, row) in enumerate(rows):
        labels, bar, words = row.partition(_BAR)
        if not bar or _line(words) != _line(draft.lines[place].text):
            raise BadInput(
                f"line {number} of the pairs is not “{_line(draft.lines[place].text)[:60]}”",
                "change only the labels before the bars",
            )
        own = _labels(labels, number, known)
        if own and pairs and pairs[-1].labels == own:
            pairs[-1] = pairs[-1]._replace(places=(*pairs[-1].places, place))
        else:
            pairs.append(Paired(own, (place,)))
    _refuse_twice(pairs)
    rendered = {label for pair in pairs for label in pair.labels}
    return pairs + [Paired((s.label,), ()) for s in sources if s.label not in rendered]


def _labels(text: str, number: int, known: set[str]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(re.findall(r"[^\s,]+", text)))
    if found == (_NONE,):
        return ()
    if not found:
        raise BadInput(
            f"line {number} of the pairs names no label",
            f"write “{_NONE} {_BAR}” before what renders no line",
        )
    for label in found:
        if label not in known:
            wrong = rules.label_fault(label) or "is no line that stands"
            raise BadInput(f"line {number} of the pairs: {label!r} {wrong}", "see tracker text")
    return found


def _refuse_twice(pairs: Sequence[Paired]) -> None:
    seen: set[str] = set()
    for pair in pairs:
        for label in pair.labels:
            if label in seen:
                raise BadInput(
                    f"line {label} stands in two places of the pairs",
                    "what renders one line is one wording: it must stand together, with the same "
                    "labels",
                )
        seen.update(pair.labels)
