"""Giấy khen: layouts, runs, the log of prints and the public check."""
