"""Files: what may come in, where it is kept, who may open it."""
