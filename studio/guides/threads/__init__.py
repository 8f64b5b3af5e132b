"""Comments on texts."""
