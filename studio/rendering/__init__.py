"""Markdown to safe HTML: one renderer for preview, page, PDF and search. Pure."""
