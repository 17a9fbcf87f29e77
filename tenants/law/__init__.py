"""The department's pages of legal parameters: what is in force, confirmed, replaced."""
