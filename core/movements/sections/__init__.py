"""The sections of what a department sets: what each asks, and how an answer is read."""
