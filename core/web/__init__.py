"""The face and the edge: base templates, assets, errors, one transaction per request."""
