"""The agenda as JSON and on the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tracker.cli.render import comments as render_comments
from tracker.cli.render import flagged as render_flagged
from tracker.cli.render import proposals as render_proposals
from tracker.cli.render.tables import write_table
from tracker.cli.render.words import plural, some
from tracker.cli.terminal import console, plain
from tracker.services.agenda import Agenda, Part
from tracker.services.agreements import AD_REFERENDUM, AGREED
from tracker.services.comments.reading import Comment
from tracker.services.proposals.proposal import Proposal


def as_json(agenda: Agenda) -> dict[str, Any]:
    """Return the agenda under the names that ``--json`` promises."""
    return {
        "document": agenda.document.key,
        "title": agenda.document.title,
        "entry": agenda.at,
        "flagged_total": agenda.flagged.total,
        "flagged": [
            {**render_flagged.as_json(line, agenda.agreements), "weight": weight}
            for line, weight in agenda.flagged.items
        ],
        **_proposals("proposals", agenda.proposals, agenda.rivals),
        "collisions_total": agenda.collisions.total,
        "collisions": [
            {"proposals": [found.one, found.other], "lines": list(found.lines)}
            for found in agenda.collisions.items
        ],
        **_proposals("stale", agenda.stale, {}),
        **_proposals("unresolved", agenda.unresolved, agenda.rivals),
        **_comments("without_change", agenda.without_change),
        "comments_open": agenda.undisposed.total,
        "undisposed": [render_comments.as_json(comment) for comment in agenda.undisposed.items],
        "overdue_total": agenda.overdue.total,
        "overdue": [
            {"comment": action.comment} | render_comments.assignment_as_json(action.assignment)
            for action in agenda.overdue.items
        ],
        "orphaned_total": agenda.orphaned.total,
        "orphaned": [comment.id for comment in agenda.orphaned.items],
        "translations_total": agenda.translations.total,
        "translations": [
            {"language": found.language, "lines": list(found.lines)}
            for found in agenda.translations.items
        ],
        "untranslated_total": agenda.untranslated.total,
        "untranslated": [
            {"language": found.language, "lines": list(found.lines)}
            for found in agenda.untranslated.items
        ],
        "agreed": agenda.agreed[AGREED],
        "agreed_ad_referendum": agenda.agreed[AD_REFERENDUM],
    }


def _proposals(
    name: str, part: Part[Proposal], rivals: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    found = [render_proposals.as_json(each, rivals.get(each.id, ())) for each in part.items]
    return {f"{name}_total": part.total, name: found}


def _comments(name: str, part: Part[Comment]) -> dict[str, Any]:
    found = [render_comments.as_json(comment) for comment in part.items]
    return {f"{name}_total": part.total, name: found}


def write(agenda: Agenda) -> None:
    """Print what is open, in a sentence and then by name, each part with its next step."""
    target = console()
    target.print(plain(agenda.document.title, "bold"))
    target.print(plain(_sentence(agenda)))
    _write_text(agenda)
    _write_comments(agenda)


def _sentence(agenda: Agenda) -> str:
    counts = [
        f"{plural(agenda.flagged.total, 'flagged line')} open",
        f"{plural(agenda.undisposed.total, 'comment')} without a disposition",
        f"{plural(agenda.proposals.total, 'proposal')} undecided",
    ]
    counts += [f"{plural(agenda.agreed[AGREED], 'line')} agreed"] if agenda.agreed[AGREED] else []
    referred = agenda.agreed[AD_REFERENDUM]
    counts += [f"{plural(referred, 'line')} agreed ad referendum"] if referred else []
    return f"{', '.join(counts)} (@{agenda.at})."


def _write_text(agenda: Agenda) -> None:
    """Print what there is to be done about the text."""
    flagged, undecided, collisions = agenda.flagged, agenda.proposals, agenda.collisions
    _write_part(
        flagged,
        "Flagged, weightiest first",
        ("Line", "Text*", "Comments", "Proposals", "Weight"),
        [
            (
                *(line.label, line.text, render_flagged.comments_in_words(line)),
                *(str(line.proposals or ""), str(weight)),
            )
            for line, weight in flagged.items
        ],
        f"tracker show {flagged.items[0].line.label}" if flagged.items else "",
    )
    _write_part(
        undecided,
        "Undecided proposals",
        ("Proposal", "Line", "From*", "Answers", "State"),
        [_row(proposal) for proposal in undecided.items],
        "tracker decide --meeting KEY --by WHO",
    )
    _write_part(
        collisions,
        "Collisions",
        ("Proposals", "Line*"),
        [(f"{found.one} and {found.other}", some(found.lines)) for found in collisions.items],
        "tracker diff {0.one} {0.other}, or tracker proposal merge {0.one} {0.other}",
    )
    _write_part(
        agenda.unresolved,
        "Merged, but in collision",
        ("Proposal", "Line", "From*"),
        [_row(proposal)[:3] for proposal in agenda.unresolved.items],
        "tracker proposal show {0.id}",
    )
    _write_part(
        agenda.stale,
        "Stale: the text has changed since",
        ("Proposal", "Line", "From*"),
        [_row(proposal)[:3] for proposal in agenda.stale.items],
        "tracker proposal update {0.id}",
    )


def _write_comments(agenda: Agenda) -> None:
    """Print what there is to be done about comments."""
    columns = ("Comment", "Line", "From*", "Kind")
    parts = (
        (
            agenda.without_change,
            "Accepted, without a change in the text",
            "tracker propose LINE --from WHO --answers {0.id}",
        ),
        (
            agenda.undisposed,
            "Without a disposition",
            "tracker comment dispose {0.id} --outcome OUTCOME",
        ),
        (agenda.orphaned, "Words gone", "tracker comment show {0.id}"),
    )
    for part, title, step in parts:
        _write_part(part, title, columns, [_about(comment) for comment in part.items], step)
    for found, title, option in (
        (agenda.translations, "Stale translations", "--stale"),
        (agenda.untranslated, "Without a translation", "--missing"),
    ):
        _write_part(
            found,
            title,
            ("Language", "Line*"),
            [(each.language, some(each.lines)) for each in found.items],
            f"tracker translation list {option} --language {{0.language}}",
        )
    _write_part(
        agenda.overdue,
        "Overdue",
        ("Comment", "Due", "Assigned to*"),
        [(a.comment, a.assignment.due or "", a.assignment.assignee) for a in agenda.overdue.items],
        "tracker comment assign {0.comment} --done",
    )


def _write_part(
    part: Part[Any],
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    step: str,
) -> None:
    """Print a part of the agenda, if there is anything in it. ``{0}`` in a step is its first."""
    if not part.items:
        return
    target = console()
    shown = f"{len(part.items)} of {part.total:,}" if len(part.items) < part.total else part.total
    target.print(plain(f"\n{title} ({shown})", "bold"))
    write_table(columns, rows)
    target.print(plain(f"next: {step.format(part.items[0])}", "dim"))


def _row(proposal: Proposal) -> tuple[str, ...]:
    return (
        *(proposal.id, some(proposal.lines), proposal.proposer),
        *(", ".join(proposal.answers), render_proposals.state(proposal)),
    )


def _about(comment: Comment) -> tuple[str, ...]:
    where = ", ".join(comment.lines) or comment.about or comment.topic or "the whole"
    return comment.id, where, render_comments.speaker(comment), comment.kind
