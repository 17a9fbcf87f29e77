"""Accounts, roles, sessions and the second factor."""
