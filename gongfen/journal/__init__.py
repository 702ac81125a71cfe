"""What was done, in order."""
