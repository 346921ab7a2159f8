"""What a secretary sees: every command on the example, compared with what it wrote before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.databases import PostgresCluster
from tests.functional.command import ROOT, SEED, SNAPSHOTS, Desk, Result, check_snapshot, transcript
from tracker import __version__

NEW_1 = "However, they should be clear about what they share."

TOUR: dict[str, tuple[str, ...]] = {
    "status": ("status", "status --json"),
    "flagged": ("flagged", "flagged --all", "flagged --json", "flagged --limit 1"),
    "flagged-sorts": (
        "flagged --meeting W1 --side US --limit 1",
        "flagged --kind question",
        "flagged --all --meeting W1 --kind suggestion --json",
        "comment dispose C44 C45 --outcome noted",
        "flagged --side Japan",
    ),
    "search": (
        "search 'human rights' --limit 4",
        "search rights HUMAN --in lines,proposals",
        "search democracies deliver --json",
        "comment add 2 --from 日本の学者 --text '中国の人権侵害に無関心であってはならない。'",
        "search 人権",
        "search 侵",
        "search nowhere",
        "proposal accept P4",
        "search 'rule of law' --in lines",
    ),
    "comment-suggest": (
        "comment suggest C38 --limit 2",
        "comment suggest C1 --json",
        "comment suggest C38 --link 1",
        "comment list --line 1 --limit 2",
        "show 1 --limit 2",
    ),
    "text": (
        "text",
        "text --limit 1",
        "text --json --limit 1",
        "text --at july-2021",
        "text --at @1 --limit 1",
        "text --at 1:1 --limit 1",
    ),
    "show": ("show 1", "show 3", "show 1 --at july-2021"),
    "show-json": ("show 1 --json",),
    "comment-list": (
        "comment list --limit 9",
        "comment list --line 1",
        "comment list --line 2 --json",
        "comment list --meeting W1 --open --limit 1",
    ),
    "comment-add": (
        "comment add 1 --from 'One member' --kind objection --text 'Too long.'",
        (
            "comment add 2 --from 'A member' --side Japan --meeting W1 --text 'Say how.' "
            "--reported --on \"China's human rights\" --context 'A member asked:' "
            "--note 'At the end.'"
        ),
        "comment add 1,3 --from 'A member' --text 'These two belong together.'",
        "comment add --from 'A member' --meeting W1 --topic Xinjiang --text 'On the topic.'",
        "comment add --from 'A member' --text 'On the whole.' --number US-012 --type editorial",
        "comment add 1 --from 日本の学者 --text もっと短く。 --on they --occurrence 2",
        "comment show C48 C49 C50 C51 C52 C53",
        "show 2",
        "comment list --open --json --limit 1",
    ),
    "comment-reply": (
        "comment reply C44 --from 'A member' --relation endorses --kind support --text Agreed.",
        "comment reply C48 --from Another --relation builds-on --text 'And more.'",
        "comment reply C44 --from Another --text 'As to this.' --on indifferent",
        "show 2",
    ),
    "comment-edit": (
        "comment edit C42 --text 'Say what we want.' --kind objection --side US --reported",
        "comment edit C42 --side '' --note 'Corrected on the tape.'",
        "comment show C42 --all",
        "comment show C42 --all --json",
        "comment edit C42",
        "comment edit C42 --kind joke",
        "comment list --kind objection --limit 1",
        "comment list --side US --limit 1 --json",
    ),
    "comment-move": (
        "comment move C42 2 --on indifferent",
        "comment show C42 C43",
        "flagged",
        "comment move C42 3 --gap",
        "comment move C42 1,2",
        "comment move C42 --topic Xinjiang",
        "comment show C42",
        "comment move C42 --topic Taiwan",
        "comment move C42 3 --section",
        "comment move C42 9",
        "comment move C42 1 --section --gap",
        "comment add 3 --from 'A member' --text 'A line is missing here.' --gap",
        "comment show C48",
    ),
    "comment-internal": (
        "comment add 1 --from 'The secretary' --text 'Ask the lawyers.' --internal",
        "comment reply C48 --from 'The chair' --text 'Done.'",
        "comment list --line 1",
        "comment show C48 --json",
        "comment edit C49 --not-internal",
        "export -o record.yaml",
        "export -o whole.yaml --with-internal",
    ),
    "comment-seal": (
        "comment reply C40 --from 'A member' --text 'I heard it, too.'",
        "comment seal C40 --reason 'The speaker asked for it.'",
        "comment seal C40 --reason 'The speaker asked for it.' --yes",
        "comment show C40 C48",
        "comment show C40 --json",
        "comment list --line 1",
        "comment edit C40 --text 'Again.'",
        "comment move C40 2",
        "comment seal C40 --reason again",
        "document show",
        "verify",
    ),
    "comment-dispose": (
        "comment dispose C40 C41 --outcome accepted --by 'the leaders' --mode consensus",
        "comment dispose C42 --outcome revised --reason 'In part.' --on-date 2022-09",
        "comment dispose C43 --outcome rejected --reason 'Too far from the line.'",
        "comment dispose C43 --outcome noted",
        "comment list --line 1",
        "flagged",
        "flagged --all --limit 1",
        "comment show C42 --json",
    ),
    "comment-assign": (
        "comment assign C40 C42 --to 'The editor' --due 2022-08 --note 'Ask both sides.'",
        "comment assign C40 --to 'Another editor'",
        "comment assign C43",
        "comment assign C43 --done",
        "comment show C42",
        "status --limit 1",
        "comment assign C42 --done",
        "comment list --line 1",
    ),
    "comment-recommend": (
        "comment recommend C40 C41 --outcome noted --by 'The editor' --on-date 2022-09-01",
        "comment recommend C41 --outcome rejected --reason 'Outside the line.'",
        "comment dispose C41 --outcome accepted --mode 'vote 7-2-1' --by 'the leaders'",
        "comment show C40 C41",
        "comment show C41 --json",
    ),
    "agree": (
        "agree 1 3 --by 'Four leaders' --on-date 2022-09-30 --mode consensus",
        "agree 2 --ad-referendum",
        "agree 2 --ad-referendum",
        "text",
        "text --json --limit 1",
        "show 2",
        "flagged --limit 1",
        "proposal accept P3",
        "proposal accept P3 --reopen",
        "proposal accept P3 --reopen --reason 'New facts.'",
        "text --json",
        "status --limit 1",
    ),
    "propose": (
        f"propose 1 --from 'A member' --text '{NEW_1}' --rationale 'It was too long.'",
        "propose 2 --from Tokyo --text 'They care.' --answers C44 --answers C45,C46",
        "propose 3 --from Washington --delete",
        "propose --insert-after 0 --from Tokyo --text 'A first line.'",
        "propose --insert-after 2 --add-to P6 --text 'And a further line.'",
        "propose 3 --add-to P6 --text 'A new third line.' --answers C47",
        "proposal show P5 P6 P7 P8",
        "diff P6",
    ),
    "proposal-list": (
        "proposal list",
        "proposal list --line 3",
        "proposal list --line 3 --json",
        "proposal list --open --limit 1",
        "proposal show P2",
        "proposal show P2 --json",
    ),
    "proposal-accept": (
        "proposal accept P2 --by 'the leaders' --mode consensus --on-date 2022-09-30",
        "proposal accept P3 --dispose accepted --reason 'It says how.'",
        "text",
        "show 1",
        "show 2",
        "proposal list",
        "log",
        "log 1a",
        "log --limit 1",
        "log --json",
        "status",
    ),
    "proposal-orphans": (
        "comment add 3 --from 'A member' --text 'Which?' --on 'an illiberal international order'",
        "propose 3 --from Tokyo --text 'Rather, the foundation must be laid by all.'",
        "proposal accept P5",
        "show 3",
        "comment show C48 --json",
        "status",
    ),
    "proposal-reject": (
        "proposal reject P1 P2 --reason 'The line stays as it is.' --by 'the leaders'",
        "proposal withdraw P3 --by 'those it is from'",
        "proposal list",
        "proposal show P3",
        "flagged",
    ),
    "proposal-kinds": (
        "propose 3 --from Tokyo --move-after 1",
        "propose 2,3 --from Tokyo --merge --text 'They care, and they are resolved.'",
        "propose 2 --from Washington --split --text 'They care.' --text 'They say so.'",
        "propose P3.1 --from Tokyo --text 'They care, and say so.'",
        "proposal list --line 2",
        "proposal accept P8",
        "proposal show P3",
        "comment add P3.2 --from 'A member' --text 'How?' --on 'say so'",
        "proposal show P3",
        "proposal accept P3.2 --as 'They care, and they will say so.'",
        "proposal show P3 --json",
    ),
    "proposal-merge": (
        (
            "propose 2 --from Washington --text 'The United States and Japan should never be "
            "indifferent to China’s human rights abuses or suppression of democracy.'"
        ),
        "proposal merge P3 P5 --from 'The chair'",
        "proposal merge P3 P5 --from 'The chair' --rationale 'Both are right.' --yes",
        "proposal merge P1 P2 --from 'The chair'",
        "proposal list --open",
        "proposal accept P7",
        "proposal resolve P7.1",
        "proposal resolve P7.1 --take P1",
        (
            "proposal recommend P7 --outcome amend --reason 'Shorter.' --by 'The editor' "
            "--on-date 2022-05"
        ),
        "proposal accept P7 --by 'Four leaders' --mode 'vote 7-2-1' --on-date 2022-09",
        "proposal show P7",
        "proposal update P2",
        "proposal resolve P2.3 --take current",
        "proposal resolve P2.3 --take P2",
        "proposal update P3",
        "export --brackets",
        "export --brackets --with P3 --format text",
    ),
    "diff": (
        "diff P1",
        "diff P1 P2",
        "proposal accept P2",
        "diff 1",
        "diff july-2021..@2",
        "diff july-2021..",
        "diff 1:1..1:2",
        "diff @1..@1",
        "diff 1 --json",
    ),
    "edition": (
        "edition list",
        "edition show july-2021",
        "proposal accept P2",
        "edition add 'September 2022' --date 2022-09 --status adopted --note 'As agreed.'",
        "edition add 'Another' --key second",
        "edition list",
        "edition list --json --limit 1",
        "edition show september-2022",
        "edition show september-2022 --json",
        "document show",
    ),
    "meeting": (
        "meeting list",
        "meeting show W1",
        (
            "meeting add W2 --name 'Second Workshop' --date 2022-03 --place Tokyo --kind workshop "
            "--series S1 --topic Taiwan --topic 'The seas' --note 'In one room again.'"
        ),
        "meeting list",
        "meeting show W2",
        "meeting show W2 --json",
        "meeting list --json --limit 1",
    ),
    "meeting-report": (
        "comment dispose C44 --outcome accepted",
        "meeting show W1 --limit 2",
        "meeting show W1 --limit 1 --json",
    ),
    "meeting-open": (
        "meeting add W2 --name 'Second Workshop'",
        "meeting open W2",
        "comment add 1 --from 'A member' --text 'Too long.'",
        "comment reply C40 --from 'Another member' --text No. --meeting W1",
        "comment add 2 --from 'A member' --text 'In a letter.' --meeting ''",
        "meeting show W2",
        "meeting list",
        "meeting close",
        "meeting close",
        "meeting set W2 --name 'Second Workshop on Elections' --date 2022-03 --series S1",
        "meeting set W2 --date ''",
        "meeting set W2",
        "meeting show W2 --json",
    ),
    "series": (
        "series list",
        (
            "series add S2 --name 'A Second Series' --host 'Institute A' --host 研究所 "
            "--since 2022 --planned 3 --note 'Agreed in July.'"
        ),
        "series list",
        "series list --json --limit 1",
        "series add S2 --name Again",
    ),
    "attribution": (
        "document set --attribution side",
        "document show",
        "export --format yaml --with-internal",
        "export --with P1",
        "export --with-internal",
        "document set --attribution chatham",
    ),
    "participant": (
        "participant list --limit 2",
        "participant add voice-7 --name 'one scholar' --side Japan --note 'Said so himself.'",
        "participant list",
        "participant list --json --limit 1",
    ),
    "reference": (
        "reference list",
        (
            "reference add R10 --title 'A Brief' --authors 'A. Author' --date 2020-01 "
            "--publisher 'A House' --series S1 --note 'Found later.'"
        ),
        "reference list --json --limit 1",
    ),
    "document": (
        "document list",
        "document list --json",
        "document show",
        "document set --title 'Recommendations' --note 'Three lines of it.'",
        "document show urgent-recommendations",
        "document show --json",
    ),
    "export": (
        "export",
        "export --format text",
        "export --with P1,P3,P4",
        "export --with P1,P3,P4 --redline july-2021",
        "export --format text --with P2 --redline @1",
        "export -o draft.md --with P2",
        "proposal accept P2",
        "export --redline july-2021",
        "export -o draft.md",
        "export -o draft.md --force",
    ),
    "translation": (
        "translation list",
        "translation add 2 --language ja --text 人権侵害を看過してはならない。",
        "translation add 1,3 --language ja --text 両国は共通の利益を明確にすべきである。",
        "translation add 2 --language ja --text もう一度。",
        "translation list --language ja",
        "text --languages en,ja",
        "comment add 2 --language ja --on 人権侵害 --from 会員 --text 強すぎる。",
        "propose 2 --language ja --from 東京 --text 人権の侵害を看過してはならない。",
        "proposal accept P5",
        "proposal accept P3",
        "translation list --stale --json",
        "show 2 --language ja",
        "show 3 --language ja",
        "text --language ja",
        "flagged --language ja --limit 1",
        "diff 2 --language ja",
        "export --language ja",
        "export --language ja --redline @2",
        "export --stale ja",
        "translation confirm 2 --language ja",
        "translation add 3 --language ja --replace --text 両国は、共通の利益を示すべきである。",
        "translation list --all",
        "text --languages ja,en --json --limit 1",
        "text --language fr",
        "log --limit 4",
        "verify",
    ),
    "edition-changes": (
        "edition show july-2021 --changes",
        "proposal accept P2 --by 'Four leaders' --on-date 2022-09 --reason 'It is clearer.'",
        "propose 3 --from Tokyo --delete --answers C46 --rationale 'No longer needed.'",
        "proposal accept P5",
        "edition add 'September 2022'",
        "edition set september-2022 --status published --date 2022-09",
        "edition set september-2022",
        "edition set september-2022 --status lost",
        "edition show september-2022 --changes",
        "edition show september-2022 --changes --limit 1 --json",
        "edition show july-2021 --changes --since @1",
        "edition show september-2022 --since @1",
    ),
    "why": (
        "why 'illiberal external behaviors'",
        "proposal accept P2 --by 'Four leaders' --mode consensus --reason 'It is clearer.'",
        "why 'support for democracy'",
        "why 'the values' --json",
        "why 'attempting to change China'",
        "why 'the United States'",
        "why 'the United States' --line 1a",
        "why the --line 1",
        "why nonsense",
        "blame 1",
        "blame 1a --json",
    ),
    "undo": (
        "proposal accept P2",
        "undo",
        "text",
        "undo @3",
        "undo @4",
        "comment add 1 --from 'A member' --text 'Too long.'",
        "comment reply C48 --from 'A member' --text 'Not so.'",
        "undo @5",
        "undo",
        "undo",
        "comment list --line 1 --limit 2",
        "comment show C48",
        "edition add Second",
        "undo",
        "edition list --all",
        "log --limit 3",
        "undo @1",
        "undo @99",
        "verify",
    ),
    "revert": (
        "proposal accept P2",
        "comment add 1 --from 'A member' --text 'Hm.' --on values",
        "revert @3",
        "text",
        "revert @4",
        "revert @1",
        "revert @3 --take both",
        "verify",
    ),
    "verify": (
        "verify",
        "verify --json",
        "verify --head 123456789abc",
        "verify --head 123456789abc --json",
        "verify --head @2",
    ),
}
FILES: dict[str, tuple[str, ...]] = {
    "init": (
        "flagged",
        "init",
        "text",
        "document list",
        "log",
        "participant list",
        "reference list",
        "meeting list",
        "verify",
        "init",
        "--database other.db init --example",
        "--database other.db flagged --limit 1",
    ),
}
DATABASE = ("db path", "db check", "db backup copy.db", "db backup copy.db", "db upgrade")


def walk(desk: Desk, commands: tuple[str, ...]) -> list[Result]:
    return [desk.tracker(command) for command in commands]


def transcripts(desk: Desk, results: list[Result]) -> str:
    return "\n".join(transcript(result, desk) for result in results)


@pytest.mark.parametrize("name", TOUR)
def test_a_command_writes_what_it_wrote_before(desk: Desk, name: str) -> None:
    check_snapshot(name, transcripts(desk, walk(desk, TOUR[name])))


@pytest.mark.parametrize("name", FILES)
def test_a_command_in_an_empty_folder_writes_what_it_wrote_before(
    empty_desk: Desk, name: str
) -> None:
    check_snapshot(name, transcripts(empty_desk, walk(empty_desk, FILES[name])))


def test_the_database_commands_write_what_they_wrote_before(desk: Desk) -> None:
    check_snapshot("db", transcripts(desk, walk(desk, DATABASE)))
    assert Desk(desk.folder, str(desk.folder / "copy.db")).store() == desk.store()


def test_the_whole_record_goes_out_and_comes_in_again(desk: Desk, tmp_path: Path) -> None:
    for name in ("record.yaml", "record.json"):
        assert desk.tracker("export", "-o", name).status == 0
        other = Desk(desk.folder, str(tmp_path / f"{name}.db"))
        assert other.tracker("init").status == 0
        assert other.tracker("import", name, "--yes").status == 0
        again = other.tracker("export", "--format", name.rpartition(".")[2])
        assert again.stdout.encode() == (desk.folder / name).read_bytes()


def test_import_shows_what_it_stores(desk: Desk) -> None:
    text = SEED.read_text(encoding="utf-8")
    (desk.folder / "second.yaml").write_text(
        text.replace("key: urgent-recommendations", "key: second"), encoding="utf-8"
    )
    commands = ("import second.yaml --yes", "document list", "text", "--document second text")
    check_snapshot("import", transcripts(desk, walk(desk, commands)))


NOTES = re.search(
    r"^```markdown\n(.*?)^```",
    (ROOT / "docs" / "notes.md").read_text(encoding="utf-8"),
    re.MULTILINE | re.DOTALL,
)


def test_notes_come_in_with_one_command(desk: Desk) -> None:
    assert NOTES
    (desk.folder / "notes.md").write_text(NOTES[1], encoding="utf-8")
    wrong = NOTES[1].replace("## Line 1", "## Line 7").replace("(internal)", "(intrenal)")
    (desk.folder / "wrong.md").write_text(wrong, encoding="utf-8")
    (desk.folder / "text.md").write_text("# Meeting Notes\n\nThey met.\n", encoding="utf-8")
    commands = (
        "import wrong.md --yes",
        "import notes.md",
        "import notes.md --unit sentence",
        "import notes.md --limit 2 --yes",
        "import notes.md --yes",
        "import text.md --as notes",
        "import text.md --document third --yes",
        "--document urgent-recommendations meeting show W2",
        "--document urgent-recommendations import notes.md --as draft --show-split",
    )
    check_snapshot("notes", transcripts(desk, walk(desk, commands)))


def test_no_snapshot_is_left_over() -> None:
    known = {*TOUR, *FILES, "db", "help", "import", "matrix", "notes"}
    assert {path.stem for path in SNAPSHOTS.iterdir()} == known


def test_the_version_is_told(empty_desk: Desk) -> None:
    told = empty_desk.tracker("--version")
    assert (told.stdout, told.stderr, told.status) == (f"tracker {__version__}\n", "", 0)


def test_the_launcher_of_a_checkout_is_the_same_command(desk: Desk) -> None:
    launched = desk.process("flagged", program=(str(ROOT / "cli.py"),))
    assert (launched.stdout, launched.status) == (desk.tracker("flagged").stdout, 0)


@pytest.fixture(scope="module")
def postgres_template(
    postgres: PostgresCluster, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    with postgres.database() as url:
        made = Desk(tmp_path_factory.mktemp("postgres"), url).tracker("init --example")
        assert made.status == 0, made.stderr
        yield make_url(url).database or ""


@pytest.mark.parametrize("name", TOUR)
def test_postgresql_writes_the_same(
    tmp_path: Path, postgres: PostgresCluster, postgres_template: str, name: str
) -> None:
    with postgres.database(postgres_template) as url:
        desk = Desk(tmp_path, url)
        written = transcripts(desk, walk(desk, TOUR[name]))
    assert written == (SNAPSHOTS / f"{name}.txt").read_text(encoding="utf-8")
