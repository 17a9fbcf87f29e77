"""The one error that leaves the plugin machinery."""


class PluginError(Exception):
    """A plugin raised, hung, answered junk, or does not fit this API.

    ``hook`` is "load" where the plugin could not be taken in at all. The message is for
    operators (English); what a department sees is made by the caller.
    """

    def __init__(self, plugin: str, version: str, hook: str, reason: str) -> None:
        super().__init__(f"plugin {plugin} {version}, {hook}: {reason}")
        self.plugin = plugin
        self.version = version
        self.hook = hook
        self.reason = reason
