"""A word processor's file (.docx) opened as Markdown: bounds, cleaning, reading, writing, all in a limited child."""
