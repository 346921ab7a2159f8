"""Importing: planning reads and shows, applying writes under the lock."""
