"""Writing together live: rooms, sockets, who is here."""
