"""A marked text that comes in: its untouched words, what each author would change, the remarks."""
