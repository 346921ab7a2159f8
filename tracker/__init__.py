"""A revision tracker for jointly agreed documents."""

__version__ = "0.1.0"
