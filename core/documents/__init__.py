"""Papers and files that departments and units issue."""
