"""What a story's teller agreed to, until when, and what remains of stories that were taken back."""
