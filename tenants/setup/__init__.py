"""The department's own path to a running site: hub, set-up steps, Excel import."""
