"""Who may be called what, which passphrase is good enough, how long a visit lasts: pure functions."""
