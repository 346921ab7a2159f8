#!/bin/sh
# The main job on the example record, from an empty folder to a revised draft.
# TRACKER_DATABASE names another database, such as a PostgreSQL URL; the draft goes to ./demo.
set -eu

mkdir -p demo
if [ -z "${TRACKER_DATABASE:-}" ]; then
    TRACKER_DATABASE=demo/tracker.db
    export TRACKER_DATABASE
    rm -f demo/tracker.db demo/tracker.db-wal demo/tracker.db-shm
fi

run() {
    printf '\n$ tracker %s\n' "$*"
    tracker "$@"
}

if ! tracker db check 2>/dev/null; then
    run init --example
fi
run flagged
run show 1
run proposal list
run export --with P1,P3,P4 --output demo/revised-draft.md --force
run export --with P1,P3,P4 --redline july-2021 --output demo/revised-draft-redline.md --force
run export --with P1,P2,P3,P4 --redline july-2021 --output demo/draft.docx --force
run export --output demo/page.html --force

printf '\nA revised draft, with P1, P3 and P4 read into the text:\n'
printf '  clean    %s\n' "$PWD/demo/revised-draft.md"
printf '  redline  %s\n' "$PWD/demo/revised-draft-redline.md"
printf '\nAll four proposals in Word, as tracked changes and options, with the comments:\n'
printf '  Word     %s\n' "$PWD/demo/draft.docx"
printf '\nWhat is to be decided, as a page for any browser:\n'
printf '  page     %s\n' "$PWD/demo/page.html"
