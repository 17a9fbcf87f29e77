"""The five province plugins, loaded through the vendors' entry point."""
