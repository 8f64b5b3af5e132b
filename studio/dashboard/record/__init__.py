"""The record of a text: its whole story in sentences, and as a signed file."""
