"""Notices in the application, and mails."""
