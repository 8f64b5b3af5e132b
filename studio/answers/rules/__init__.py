"""Pure rules about what readers say: what may be sent, how fast, by when it is looked at, who sees it."""
