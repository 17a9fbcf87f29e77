"""Award decisions, what was granted by them, and what was sent up."""
