"""Time as an argument: the only place that asks the machine what time it is."""

from datetime import UTC, date, datetime


def utcnow() -> datetime:
    """The present moment, without a zone, in UTC (both databases store it the same way)."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def today() -> date:
    """The present day in UTC; the finest time ever stored with an answer."""
    return utcnow().date()
