"""Tracked changes as they stand in the files of any word processor: pieces, and changes of them."""
