"""What an import is about to store, on stderr: data goes to stdout, and this is a question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from tracker.cli.render.words import plural
from tracker.cli.terminal import say
from tracker.exchange.parallel import Paired
from tracker.exchange.record import Comment, Line, Record
from tracker.services.importing.draft import Plan, doubtful
from tracker.services.importing.meeting import Planned
from tracker.services.importing.parallel import Plan as Parallel
from tracker.services.importing.parallel import shapes as shapes_of
from tracker.services.importing.parallel import unpaired
from tracker.text.shortening import beginning

_NAMED = 20


def preview_record(record: Record, limit: int) -> None:
    """Say what a whole record holds."""
    assert record.document is not None
    say(f"{record.document.key}: {record.document.title}")
    counts = [
        (len(record.lines), "line"),
        (len(record.changes) or 1, "change"),
        (len(record.comments), "comment"),
        (len(record.proposals), "proposal"),
        (len(record.editions), "edition"),
        (len(record.meetings), "meeting"),
        (len(record.references), "reference"),
    ]
    say("  " + ", ".join(plural(count, noun) for count, noun in counts if count))
    for line in record.lines[: limit or None]:
        say(f"  line {line.label}{_last_words(line, record.document.language)}")
    _say_rest(len(record.lines), limit, "line")
    for language, count in _translated(record).items():
        say(f"  also in {language}: {plural(count, 'line')}")
    for place, count in Counter(map(_place, record.comments)).items():
        say(f"  {plural(count, 'comment')} on {place}")


def _last_words(line: Line, authentic: str) -> str:
    """Return what a line says last, in the authentic language if it ever stood in that."""
    said = [version for version in line.versions if version.language in (None, authentic)]
    last = (said or line.versions)[-1]
    return f"{'' if said else f' ({last.language})'}: {beginning(last.text)}"


def _translated(record: Record) -> dict[str, int]:
    """Return how many lines have versions in each other language."""
    assert record.document is not None
    authentic = record.document.language
    spoken = ({version.language for version in line.versions} for line in record.lines)
    counts = Counter(language for languages in spoken for language in languages if language)
    return {language: counts[language] for language in sorted(counts) if language != authentic}


def preview_draft(plan: Plan, limit: int) -> None:
    """Say what a text would be stored as: its lines, with those whose split looks doubtful."""
    draft = plan.draft
    kinds = Counter(line.kind for line in draft.lines)
    counted = ", ".join(plural(count, kind) for kind, count in kinds.items())
    say(f"{plan.document}: {plan.title}")
    say(f"  {counted}; language {draft.language}, {draft.encoding}")
    for number, line in enumerate(draft.lines[: limit or None], 1):
        kind = f" (heading {line.level})" if line.kind == "heading" else ""
        say(f"  line {number}{kind}: {_both_ends(line.text)}")
    _say_rest(len(draft.lines), limit, "line")
    if doubts := doubtful(draft):
        named = ", ".join(map(str, doubts[:_NAMED])) + (" …" if len(doubts) > _NAMED else "")
        say(f"  look at {named}: cut in the middle of a sentence?")


def preview_comments(comments: Sequence[Planned], limit: int) -> None:
    """Say what each comment would become, and what it would be tied to."""
    for planned in comments[: limit or None]:
        comment = planned.comment
        where = [f"line {line}{f' “{words}”' if words else ''}" for line, words in planned.anchored]
        if not where and not planned.parent:
            where = [comment.topic or "the document as a whole"]
        who = f"{comment.speaker or 'sealed'} ({comment.side})" if comment.side else comment.speaker
        facts: list[str] = [comment.kind, *([comment.type] if comment.type else [])]
        facts += ["internal"] if comment.internal else []
        if planned.parent:
            relation = (comment.relation or "replies to").replace("_", " ")
            facts.append(f"{relation} {planned.parent}")
        facts += [f"on {', '.join(where)}"] if where else []
        say(f"  {planned.id} {who}, {', '.join(facts)}")
        said = beginning(comment.text or "")
        say(f"      “{said}”" if comment.verbatim else f"      {said}")
    _say_rest(len(comments), limit, "comment")


def preview_parallel(plan: Parallel, limit: int) -> None:
    """Say which lines a text in another language renders, and before all what does not fit."""
    say(f"{plan.key} in {plan.language}{f': {plan.title}' if plan.title else ''}")
    shapes = [f"{count} {shape}" for shape, count in sorted(shapes_of(plan.pairs).items())]
    say(f"  {plural(len(plan.draft.lines), 'line')} paired: {', '.join(shapes) or 'none'}")
    for pair in plan.pairs[: limit or None]:
        if pair.labels and pair.places:
            _say_pair(plan, pair, " (doubtful)" if pair.doubtful else "")
    _say_rest(len(plan.pairs), limit, "pair")
    doubtful, missing, alone = unpaired(plan)
    if doubtful:
        say(f"  look at {_named(pair.labels for pair in doubtful)}: the pairs are doubtful")
    if missing:
        say(f"  nothing renders {_named(pair.labels for pair in missing)}")
    for pair in alone[: limit or None]:
        for place in pair.places:
            say(f"  renders no line: {_both_ends(plan.draft.lines[place].text)}")
    if doubtful or missing or alone:
        say("  --show-pairs and --pairs mend what renders what")


def _say_pair(plan: Parallel, pair: Paired, more: str) -> None:
    texts = {line.label: line.text for line in plan.originals}
    original = " ".join(texts[label] for label in pair.labels)
    say(f"  line {' '.join(pair.labels)}{more}: {beginning(original)}")
    rendering = " ".join(plan.draft.lines[place].text for place in pair.places)
    say(f"      {beginning(rendering)}")


def _named(labels: Iterable[Sequence[str]]) -> str:
    names = [label for each in labels for label in each]
    return ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")


def _say_rest(count: int, limit: int, noun: str) -> None:
    if limit and count > limit:
        say(f"  … and {plural(count - limit, noun)} more; --limit 0 shows all")


def _place(comment: Comment) -> str:
    if comment.anchors:
        return "line " + ", ".join(anchor.line for anchor in comment.anchors)
    if comment.reply_to:
        return "what another comment is on"
    return comment.topic or "the whole"


def _both_ends(text: str) -> str:
    """Return a text on one line; of a long one, how it begins and how it ends."""
    first = " ".join(text.split())
    return first if len(first) <= 90 else f"{first[:60]} … {first[-27:]}"
