"""The outbox: work to be done later, and the worker that does it."""
