"""The example is data: changing a word of it changes what the demonstration shows."""

from __future__ import annotations

from tests.functional.command import ROOT, SEED, Desk


def test_changing_one_word_of_the_seed_changes_the_demo(empty_desk: Desk) -> None:
    text = SEED.read_text(encoding="utf-8")
    assert "are resolved that China" in text
    changed = text.replace("are resolved that China", "are determined that China")
    (empty_desk.folder / "seed.yaml").write_text(changed, encoding="utf-8")
    assert empty_desk.tracker("--database changed.db init").status == 0
    assert empty_desk.tracker("--database changed.db import seed.yaml --yes").status == 0
    demo = empty_desk.shell(
        f"sh '{ROOT / 'docs' / 'demo.sh'}'",
        TRACKER_DATABASE=str(empty_desk.folder / "changed.db"),
        COLUMNS="200",
    )
    assert demo.status == 0, demo
    assert "are determined that China" in after(demo.stdout, "$ tracker flagged")
    assert "resolved" not in demo.stdout
    draft = (empty_desk.folder / "demo" / "revised-draft.md").read_text(encoding="utf-8")
    assert "are determined that China" in draft
    shown = empty_desk.tracker("--database changed.db show 3", COLUMNS="200").stdout
    assert "are determined that China" in shown


def after(text: str, command: str) -> str:
    """What a command of the demonstration wrote."""
    return text.partition(f"{command}\n")[2].partition("\n$ ")[0]


def test_the_demo_makes_its_own_store_and_runs_twice(empty_desk: Desk) -> None:
    for _ in range(2):
        demo = empty_desk.shell(f"sh '{ROOT / 'docs' / 'demo.sh'}'")
        assert demo.status == 0, demo
        assert "curtail China’s" in demo.stdout
        draft = (empty_desk.folder / "demo" / "revised-draft.md").read_text(encoding="utf-8")
        assert "DRAFT" in draft
        assert "at home and abroad" in draft
        assert "democracies deliver" in draft
        redline = empty_desk.folder / "demo" / "revised-draft-redline.md"
        assert "{++" in redline.read_text(encoding="utf-8")
