"""Councils, their meetings and ballots."""
