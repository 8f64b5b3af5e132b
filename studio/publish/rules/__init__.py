"""Names, editions and freshness as pure rules."""
