"""The notes of a meeting: a light form in Markdown, described in ``docs/notes.md``."""
