"""Proposals: wording that is proposed, and its life until it is decided."""
