"""Translations: which line of another language renders which authentic lines, and as of when."""
