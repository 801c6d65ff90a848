"""A region: languages, thresholds, code-book."""
