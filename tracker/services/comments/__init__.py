"""Comments: what was said, the words it is tied to, and what became of it."""
