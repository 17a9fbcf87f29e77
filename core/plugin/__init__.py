"""The plugin contract: vendors import ``core.plugin.api``, the platform ``core.plugin.rules``."""
