"""What members say about a text: comments on passages, and suggestions."""
