"""Groups statements of many languages into themes. A plain library: no web, no database.

`consult.analysis.types` holds what goes in and comes out, `consult.analysis.pipeline` the
`ThemeFinder` that does the work; both are imported by name, so that importing this package
loads nothing heavy.
"""
