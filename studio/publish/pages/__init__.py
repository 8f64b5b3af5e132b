"""The pages readers see, as pure functions from plain views to HTML; no server, no database, no Flask."""
