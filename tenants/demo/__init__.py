"""The demo: five departments with a believable history, all of it made through the services."""
