"""Small pieces that were cut off a line, or joined to one: too few words to be alike by.

A heading run into the paragraph below it, a number that got a line of its own: such a piece is
known by its letters, which the other side has at the very end or beginning of the line beside it.
"""

from collections.abc import Sequence

from tracker.text.chains import Box

# So many letters at the end of a line are enough; with fewer the rest must be the same, too.
_TELLING = 12


def with_pieces(boxes: Sequence[Box], old: Sequence[str], new: Sequence[str]) -> list[Box]:
    """Return the boxes, wider by the neighbouring lines in none that are pieces of their lines."""
    old_taken = {place for box in boxes for place in range(box.old, box.old_end)}
    new_taken = {place for box in boxes for place in range(box.new, box.new_end)}
    return [
        _widened(box, old, new, old_taken, new_taken) if box.likeness < 1 else box for box in boxes
    ]


def _widened(
    box: Box, old: Sequence[str], new: Sequence[str], old_taken: set[int], new_taken: set[int]
) -> Box:
    if box.old_end - box.old == 1:
        start, end = _with_pieces(old[box.old], new, box.new, box.new_end, new_taken)
        if (start, end) != (box.new, box.new_end):
            return box._replace(new=start, new_end=end)
    if box.new_end - box.new == 1:
        start, end = _with_pieces(new[box.new], old, box.old, box.old_end, old_taken)
        return box._replace(old=start, old_end=end)
    return box


def _with_pieces(
    whole: str, lines: Sequence[str], start: int, end: int, taken: set[int]
) -> tuple[int, int]:
    """Return which lines make up one, given some of them; mark those added as taken."""
    text = _letters(whole)
    made = "".join([_letters(line) for line in lines[start:end]])
    while start > 0 and start - 1 not in taken:
        piece = _letters(lines[start - 1])
        if not _begins(text, piece, made):
            break
        start -= 1
        taken.add(start)
        made = piece + made
    while end < len(lines) and end not in taken:
        piece = _letters(lines[end])
        if not _begins(text[::-1], piece[::-1], made[::-1]):
            break
        taken.add(end)
        end += 1
        made += piece
    return start, end


def _begins(text: str, piece: str, rest: str) -> bool:
    """Say whether a text begins with a piece, and the rest of its lines does not."""
    if not piece or not text.startswith(piece) or rest.startswith(piece):
        return False
    return len(piece) >= _TELLING or text[len(piece) :].startswith(rest[:_TELLING])


def _letters(line: str) -> str:
    return "".join(line.split())
