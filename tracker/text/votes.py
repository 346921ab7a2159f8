"""Which lines share rare words with a line: found without comparing it with all of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

# A line asks with so many of its rarest words, each of which stands in so many lines at most.
_RAREST = 16
_MOST_PLACES = 16
_CANDIDATES = 8


class Votes:
    """An index of lines by their features."""

    def __init__(self, features: Sequence[tuple[int, ...]], places: Iterable[int]) -> None:
        self._places: dict[int, list[int]] = defaultdict(list)
        for place in places:
            for feature in features[place]:
                self._places[feature].append(place)

    def candidates(self, features: Iterable[int]) -> list[int]:
        """Return the few lines that share most of the rarest features, the rarer the better."""
        every = self._places
        known = [every[feature] for feature in features if feature in every]
        rare = sorted([places for places in known if len(places) <= _MOST_PLACES], key=len)
        votes: dict[int, float] = defaultdict(float)
        for places in rare[:_RAREST]:
            share = 1 / len(places)
            for place in places:
                votes[place] += share
        return sorted(votes, key=lambda place: (-votes[place], place))[:_CANDIDATES]
