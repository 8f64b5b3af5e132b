"""Search: analyzers per language, the index, the query."""
