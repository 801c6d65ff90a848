"""Reports: gathered, disclosure-controlled, rendered."""
