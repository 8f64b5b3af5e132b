"""What checks read from the database."""
