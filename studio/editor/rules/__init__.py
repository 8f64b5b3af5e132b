"""Differences and merging as pure rules."""
