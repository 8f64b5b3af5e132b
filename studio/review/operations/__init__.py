"""What happens in checks: hand in, take, decide, set aside. Operations flush and never commit."""
