"""Pages that read several slices: the desk, the texts, the people."""
