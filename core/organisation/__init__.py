"""Units and people."""
