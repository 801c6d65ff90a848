"""Staff, their roles in a region, gates and the audit trail."""
