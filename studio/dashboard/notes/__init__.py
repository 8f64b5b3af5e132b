"""Private notes to the organisers."""
