"""Writing CriticMarkup: a text with its changes and comments, to be read anywhere.

A comment's words are highlighted; where they cross those of another comment, which CriticMarkup
cannot show, the comment stands behind its words and says which they are. Changes are signed in a
comment behind them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from tracker.exchange.marked import Mark, Remark
from tracker.exchange.marked_source import Flow, MarkedSource, Stretch
from tracker.formats.criticmarkup import heads
from tracker.formats.criticmarkup.marks import escaped, note


def write(source: MarkedSource) -> str:
    """Return a text with its changes and comments. What was deleted in an insertion is left out.

    Rejecting all gives the untouched text, accepting all the other one, to the last space.
    """
    flow = Flow(source.text, source.marks, again=False)
    ids = {remark.id: remark.about or f"#{remark.id}" for remark in source.remarks}
    on_all = [one for one in source.remarks if one.start is None]
    placed = _Placed(flow, source.remarks, ids)
    body = "".join(_body(flow, source.marks, placed))
    told = [note(_comment(one, ids)) for one in on_all]
    if source.stamp is None:
        return "".join(told) + body
    end = "\r\n" if "\r\n" in source.text else "\n"
    notice = " ".join((source.notice or "").split())
    head = note(heads.write_stamp(source.stamp, notice)) + end * 2
    foot = [end + line for line in (note(heads.ON_ALL), *told, "")] if told else []
    return head + body + "".join(foot)


class _Placed:
    """The comments on the words of a text, by where they are written in its flow."""

    def __init__(self, flow: Flow, remarks: Sequence[Remark], ids: dict[str, str]) -> None:
        self._flow = flow
        self._ids = ids
        self.opens: set[int] = set()
        self.closes: dict[int, list[str]] = defaultdict(list)
        self._behind: dict[int, list[tuple[int, Remark]]] = defaultdict(list)
        ranges = [(*flow.range(one), one) for one in remarks if one.start is not None]
        self._highlight(ranges)
        self.cuts = sorted({*self.opens, *self.closes, *self._behind})

    def _highlight(self, ranges: Sequence[tuple[int, int, Remark]]) -> None:
        """Choose what is highlighted: no two that cross, the first ones first."""
        chosen: set[tuple[int, int]] = set()
        last = 0
        for start, end in sorted({each[:2] for each in ranges if each[0] < each[1]}):
            if start >= last:
                chosen.add((start, end))
                last = end
        self.opens = {start for start, _ in chosen}
        for start, end, remark in ranges:
            if (start, end) in chosen:
                self.closes[end].append(note(_comment(remark, self._ids)))
            else:
                self._behind[end].append((start, remark))

    def behind(self, place: int, *, is_marked: bool) -> Iterator[str]:
        """Yield the comments without a highlight at a place of the flow.

        ``is_marked`` says that a mark stands there, which they would else be taken to be on.
        """
        for start, remark in self._behind.get(place, ()):
            words = self._flow.accepted(start, place)
            quote = words if words or is_marked else None
            yield note(_comment(remark, self._ids, quote))


def _comment(remark: Remark, ids: dict[str, str], quote: str | None = None) -> str:
    parent = ids.get(remark.parent or "")
    head = heads.Head(remark.author, ids[remark.id], parent, remark.done, quote)
    return heads.write(head, remark.text)


def _body(flow: Flow, marks: Sequence[Mark], placed: _Placed) -> Iterator[str]:
    """Yield the flow with its marks, cut where a comment stands or a highlight begins or ends."""
    unsigned = ""
    is_marked = False
    for place, parts in flow.cut(placed.cuts):
        closing = placed.closes.get(place)
        if closing:
            yield "==}" + "".join(closing)
        yield from placed.behind(place, is_marked=is_marked or bool(closing))
        if place in placed.opens:
            yield "{=="
        for part in parts:
            author, written = _written(part, marks)
            if unsigned and author != unsigned:
                yield note(heads.signature(unsigned))
            unsigned = author
            yield written
            is_marked = part.inserted is not None or part.deleted is not None
        if unsigned:
            yield note(heads.signature(unsigned))
        unsigned = ""


def _written(part: Stretch, marks: Sequence[Mark]) -> tuple[str, str]:
    """Return a stretch with its mark, and who must sign it."""
    words = escaped(part.text)
    if part.inserted is not None:
        return marks[part.inserted].author, f"{{++{words}++}}"
    if part.deleted is not None:
        return marks[part.deleted].author, f"{{--{words}--}}"
    return "", words
