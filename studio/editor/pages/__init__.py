"""Pages of writing: begin, write, look back."""
