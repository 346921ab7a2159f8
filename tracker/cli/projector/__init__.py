"""The session of those who decide: what is typed at the projector, and what it stores."""
