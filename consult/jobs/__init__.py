"""Work done in the background, by name."""
