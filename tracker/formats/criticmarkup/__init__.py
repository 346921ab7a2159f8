"""CriticMarkup: a text with changes and comments in it, as plain text that any editor shows.

``docs/formats.md`` tells the form.
"""
