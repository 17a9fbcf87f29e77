"""Tests in a browser: one package, so that they share one Chromium and one site."""
