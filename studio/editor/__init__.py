"""Writing: forms, preview, saved versions, history."""
