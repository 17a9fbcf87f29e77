"""Rounds and reports."""
