"""A consultation: purpose, rounds, dates, languages, consent, lifecycle."""
