"""Plan editions."""
