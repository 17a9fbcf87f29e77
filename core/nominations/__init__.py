"""Proposals for awards: rounds, lists, nominations and their way to a decision."""
