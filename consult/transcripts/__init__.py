"""Voice answers at the desk: listened to, written down, checked, then deleted."""
