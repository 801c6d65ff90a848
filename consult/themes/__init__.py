"""Themes, runs, statements and the facilitators' desk."""
