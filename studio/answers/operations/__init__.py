"""Keep what readers say, sort and answer it, tell those who made a text, forget. They flush and never commit."""
