"""How often the text engine is right, on real texts and on edits whose truth is known."""
