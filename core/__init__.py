"""The platform; knows no province by name."""
