"""An edited copy of a document that comes back: a proposal to be decided, or a new edition."""
