"""The demo: an invented region with answers nobody gave, to try everything on."""
