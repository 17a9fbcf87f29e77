"""The administration panel."""
