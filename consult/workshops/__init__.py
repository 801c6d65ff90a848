"""Bulk import of answers given on paper, in interviews and meetings."""
