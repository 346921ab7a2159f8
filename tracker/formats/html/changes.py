"""What changed since the last edition: was, now, why."""

from __future__ import annotations

from tracker.exchange.review import Review, Was
from tracker.formats.html.markup import Html, element, link
from tracker.formats.html.words import redline, spoken

_COLUMNS = ("Line", "Was", "Now", "Why")


def changes(review: Review) -> Html | None:
    """Return the section of what changed; nothing where there is no edition to compare with."""
    if review.since is None:
        return None
    standing = {line.label for line in review.lines}
    rows = [_row(was, review.language, standing) for was in review.changes]
    head = element(
        "tr",
        [element("th", name, scope="col", role="columnheader") for name in _COLUMNS],
        role="row",
    )
    table = element(
        "table",
        element("thead", head, role="rowgroup"),
        element("tbody", rows, role="rowgroup"),
        role="table",
        aria_labelledby="changes-title",
    )
    return element(
        "section",
        element("h2", "What changed since ", spoken("bdi", review.since), id="changes-title"),
        table if rows else element("p", "Nothing.", class_="none"),
        id="changes",
        aria_labelledby="changes-title",
    )


def _row(was: Was, language: str, standing: set[str]) -> Html:
    label = link(f"line-{was.label}", was.label) if was.label in standing else was.label
    kinds = element("span", ", ".join(was.kinds), class_="facts")
    before = [run for run in was.runs if run.kind != "insert"]
    after = [run for run in was.runs if run.kind != "delete"]
    text = {"lang": language, "dir": "auto", "role": "cell"}
    return element(
        "tr",
        element("th", label, " ", kinds, scope="row", role="rowheader"),
        element("td", redline(before), **text, data_head="Was"),
        element("td", redline(after), **text, data_head="Now"),
        element("td", [spoken("p", why) for why in was.why], role="cell", data_head="Why"),
        role="row",
    )
