"""Shared tools without domain words."""
