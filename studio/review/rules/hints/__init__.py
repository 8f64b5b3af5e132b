"""What machines notice in a text before it is sent: pure rules, and the format of their files."""
