"""The guide: the Markdown pages of `docs/` for departments and units, inside the application."""
