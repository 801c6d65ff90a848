"""One file a format; no database."""
