"""Digital signatures of papers: person first, then agency, by incremental update (PAdES)."""
