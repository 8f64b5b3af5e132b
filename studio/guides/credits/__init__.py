"""How the people who made a text are named to readers: by each person's own choice."""
