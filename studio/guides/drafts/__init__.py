"""The log of each draft, and the one wrapper around the shared document."""
