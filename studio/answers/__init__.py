"""What readers say about a text: kept without a trace of who said it, sorted by editors, answered, forgotten."""
