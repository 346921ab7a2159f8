"""Exporting: the text as it goes out, and the whole record."""
