"""Revising the text: what changes make of it, and storing that with everything that hangs on it."""
