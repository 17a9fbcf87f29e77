"""Support access: the department lets an operator look at its site for some hours."""
