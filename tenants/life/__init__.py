"""The life of a department on the platform: export, import, deletion."""
