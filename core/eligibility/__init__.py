"""What is known of those who may be proposed, and what the rules say about it."""
