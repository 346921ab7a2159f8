"""How an import ends whose proposals collide with others."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from tracker.cli.face import Face
from tracker.cli.terminal import say


def end(own: Face, names: Sequence[str]) -> None:
    """Say which of the proposals that were stored collide, and end with status 3 if one does."""
    from tracker.services.names import proposal_id
    from tracker.services.proposals.colliding import undecided_collisions
    from tracker.services.proposals.reading import numbered

    if not names:
        return
    with own.reading() as snapshot:
        brought = numbered(snapshot, [proposal_id(name) for name in names])
        found = undecided_collisions(snapshot, brought)
    colliding = [name for name in names if name in found]
    for name in colliding:
        rivals = found[name]
        say(f"{name} collides with {', '.join(rivals)}; see: tracker diff {name} {rivals[0]}")
    if colliding:
        raise typer.Exit(3)
