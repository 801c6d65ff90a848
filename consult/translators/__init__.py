"""Machines that translate, behind one interface; a library of its own without Flask or tables."""
