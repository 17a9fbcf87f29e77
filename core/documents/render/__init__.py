"""Papers in the lawful format: one model, rendered as PDF and as Word.

Import the submodules that are needed. WeasyPrint and its native libraries are loaded in the
render pool's processes only, so the application starts without them.
"""
