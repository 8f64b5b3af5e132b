"""What the ``studio`` command does, a file for each kind of work."""
