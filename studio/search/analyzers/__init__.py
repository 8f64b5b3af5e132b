"""Text into search tokens, per language; plain values only."""
