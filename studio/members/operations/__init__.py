"""What can be done about members: let in, come in, change one's own things, give and take roles."""
