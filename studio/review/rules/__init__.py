"""Policies, carry-over and counting as pure rules."""
