"""Pages of checks: the one piece, a check, handing in, what organisers decide."""
