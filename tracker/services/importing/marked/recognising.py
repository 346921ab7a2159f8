"""What of a marked text the store has already: changes that came back, comments that went out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tracker.errors import Refused
from tracker.exchange.marked import Remark
from tracker.services.attribution import USUAL, Voices
from tracker.services.comments import reading as comments
from tracker.services.comments.reading import Comment
from tracker.services.exporting.review_said import ruling
from tracker.services.exporting.telling import decided, is_stub, number, says
from tracker.services.importing.marked.proposing import Known
from tracker.services.importing.marked.recutting import Based
from tracker.services.importing.marked.remarks import anchors_of, locator
from tracker.services.importing.marked.returned import Returned
from tracker.services.importing.marked.who import UNTRACKED, named
from tracker.services.names import comment_id
from tracker.services.proposals.proposal import Change, Proposal, Result
from tracker.services.proposals.storing import NewChange
from tracker.services.snapshot import Snapshot

_Signature = tuple[str, str | None, tuple[int | None, ...], tuple[str, ...]]


def known_changes(
    every: Sequence[Proposal], sent: Sequence[str], returned: Callable[[], Returned]
) -> Known:
    """Return what knows a change that a proposal of the store, of ``every`` one, makes already.

    One of the proposals ``sent``, which are tracked in the file, whoever is named there; of others
    only one that is from the same. Whatever is read of an author whose marks ``returned`` as they
    went out is known, too.
    """
    there: dict[_Signature, list[tuple[str, tuple[int, int]]]] = {}
    for proposal in every:
        for change in (*proposal.changes, *proposal.earlier):
            proposer = "" if proposal.id in sent else proposal.proposer
            own = (proposer, (proposal.number, change.number))
            there.setdefault(_signature_of(change), []).append(own)

    def known(change: NewChange, author: str, proposer: str) -> tuple[int, int] | None:
        for who, name in there.get(_signature(change), ()):
            # What was taken over without tracking may be anybody's.
            if author == UNTRACKED or who in ("", author, proposer):
                return name
        back = returned().get(author)
        return _nearest(change, back) if back else None

    return known


def _nearest(change: NewChange, sent: Sequence[tuple[Proposal, Change]]) -> tuple[int, int]:
    """Return which of the changes that were sent is on a line of one that was read from them."""
    on = {change.after_line, *(line for line, _ in change.bases)}
    beside = (each for each in sent if on & {each[1].after_id, *(b.line for b in each[1].bases)})
    proposal, own = next(beside, sent[0])
    return proposal.number, own.number


def _signature(change: NewChange) -> _Signature:
    lines = tuple(line for line, _ in change.bases)
    if change.kind == "move":
        lines += (change.after_line,)
    amends = f"P{change.amends[0]}.{change.amends[1]}" if change.amends else None
    return change.kind, amends, lines, _words(change.results)


def _signature_of(change: Change) -> _Signature:
    lines = tuple(base.line for base in change.bases)
    if change.kind == "move":
        lines += (change.after_id,)
    return change.kind, change.amends, lines, _words(change.results)


def _words(results: Sequence[Result]) -> tuple[str, ...]:
    return tuple(" ".join(each.text.split()) for each in results)


def known_remarks(
    snapshot: Snapshot, based: Based, names: Mapping[str, str], file: str
) -> dict[str, str]:
    """Return the ids of comments that the store has, by those that they have in the file.

    They are known by what the file says that they were written for, by the key that they came
    with, by the number that ours begin with, or by what they say, where, and who said it. What a
    disposition says in its thread when it goes out is known as the comment that it is of.

    Raises Refused, with the name of the ``file``, if it has the words of one that was sealed.
    """
    search = _Search(based, names, comments.listed(snapshot)[0])
    remarks = based.marked.remarks
    for tell in (search.written_for, search.keyed, search.headed, search.saying_so):
        for remark in remarks:
            if remark.id not in search.found:
                search.take(remark, tell(remark))
    for remark in remarks:
        if remark.id not in search.found:
            search.take(remark, search.settled(remark))
    search.refuse_sealed(file)
    return search.found


class _Search:
    """The comments of a store, of which each is found once by what it says."""

    def __init__(self, based: Based, names: Mapping[str, str], stored: Sequence[Comment]) -> None:
        self.stored: dict[str | None, Comment] = {comment.id: comment for comment in stored}
        self.found: dict[str, str] = {}
        self._free = {comment.id: comment for comment in stored}
        self._based, self._names = based, names

    def take(self, remark: Remark, same: Comment | None) -> None:
        """Take note that a comment of the file is one of the store."""
        if same is not None:
            self.found[remark.id] = same.id
            self._free.pop(same.id, None)

    def written_for(self, remark: Remark) -> Comment | None:
        """Return the comment that it was written for; so are other things in its thread, too."""
        return self.stored.get(remark.about)

    def keyed(self, remark: Remark) -> Comment | None:
        """Return the comment that came from this very place of the file, and says the same."""
        own = locator(remark)
        same = (c for c in self._free.values() if c.locator == own and c.text == remark.text)
        return next(same, None)

    def headed(self, remark: Remark) -> Comment | None:
        """Return the comment that its first line names, if the others say what that one says.

        What tells a comment is lost where Word renews it, and LibreOffice forgets it.
        """
        comment = self._free.get(number(remark.text) or "")
        if comment is None or comment.sealed is not None:
            return comment
        return comment if _plain(comment.text) in _plain(remark.text) else None

    def saying_so(self, remark: Remark) -> Comment | None:
        """Return a comment that says the same, on one of the same lines."""
        lines = {anchor.line for anchor in anchors_of(self._based, remark)}
        for comment in self._free.values():
            is_reply = comment.reply_to is not None
            if is_reply == (remark.parent is not None) and self._says_so(remark, comment):
                on = set(comment.lines)
                if is_reply or not lines or not on or lines & on:
                    return comment
        return None

    def settled(self, remark: Remark) -> Comment | None:
        """Return a comment of its thread on which it says just what was decided, and no more.

        Where threads are forgotten, what is on the same words is taken for one.
        """
        for each in self._based.marked.remarks:
            comment = self.stored.get(self.found.get(each.id))
            if comment is not None and _is_beside(remark, each) and _is_decision(remark, comment):
                return comment
        return None

    def refuse_sealed(self, file: str) -> None:
        """Raise Refused if there are words of a sealed comment: the file would be kept."""
        for remark in self._based.marked.remarks:
            comment = self.stored.get(self.found.get(remark.id))
            if comment is None or comment.sealed is None or _is_decision(remark, comment):
                continue
            if not is_stub(remark.text):
                raise Refused(
                    f"{file} has the words of {comment.id}, which were sealed",
                    "delete that comment in the file, and import it again",
                )

    def _says_so(self, remark: Remark, comment: Comment) -> bool:
        if comment.text == remark.text:
            return comment.speaker == named(remark.author, self._names)
        return says(remark.text, comment.text)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _is_decision(remark: Remark, comment: Comment) -> bool:
    """Return whether it says just what was decided on a comment, at any time."""
    told = (ruling(verdict, Voices(USUAL)) for verdict in comment.dispositions)
    return _plain(remark.text) in (_plain(decided(each)) for each in told if each is not None)


def _is_beside(remark: Remark, other: Remark) -> bool:
    """Return whether a comment is in the thread of another, or on its words where it is in none."""
    if remark.parent is not None:
        return remark.parent in (other.id, other.parent)
    place = ("start", "end", "within", "offset")
    return all(getattr(remark, name) == getattr(other, name) for name in place)


def settled_there(
    based: Based, known: Mapping[str, str], then: Mapping[str, Comment], now: Mapping[str, Comment]
) -> tuple[list[str], list[str]]:
    """Return the comments whose threads were resolved in the file, and those that were reopened.

    ``then`` are the comments of the store as they were when the file went out.
    """
    resolved, reopened = [], []
    for remark in based.marked.remarks:
        name = known.get(remark.id)
        if name is None or remark.parent is not None:
            continue
        if remark.done and now[name].disposition is None:
            resolved.append(name)
        elif not remark.done and name in then and then[name].disposition is not None:
            reopened.append(name)
    return sorted(set(resolved), key=comment_id), sorted(set(reopened), key=comment_id)
