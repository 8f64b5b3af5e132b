"""Who: accounts, pen-names, roles, invitations, sessions."""
