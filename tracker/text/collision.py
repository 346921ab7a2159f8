"""Whether two revisions of one text get in each other's way."""

from tracker.text.diff import diff, edits, hulls


def collide(base: str, ours: str, theirs: str) -> bool:
    """Say whether two revisions of ``base`` change the same words.

    Changes made on both sides are agreed and collide with nothing; of the others, two collide when
    their hulls share a word: when they touch the same words, or when at most one word stands
    between them. Different insertions at one place collide; identical texts never do.
    """
    if ours == theirs:
        return False
    our_diff, their_diff = diff(base, ours), diff(base, theirs)
    our_edits, their_edits = edits(our_diff), edits(their_diff)
    agreed = set(our_edits).intersection(their_edits)
    our_hulls = hulls(our_diff, [edit for edit in our_edits if edit not in agreed])
    their_hulls = hulls(their_diff, [edit for edit in their_edits if edit not in agreed])
    i = j = 0
    while i < len(our_hulls) and j < len(their_hulls):
        if _overlap(our_hulls[i], their_hulls[j]):
            return True
        # Both lists rise, so the range that ends first meets none of the others.
        if our_hulls[i][1] <= their_hulls[j][1]:
            i += 1
        else:
            j += 1
    return False


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Say whether two ranges share a code point; an empty one meets what it touches."""
    start, end = max(one[0], other[0]), min(one[1], other[1])
    is_empty = one[0] == one[1] or other[0] == other[1]
    return start < end or (is_empty and start <= end)
