"""How writes of the strategy stand in the audit trail: whole rows before and after."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from consult.accounts.services import record
from consult.strategy.models import Action, Indicator, Objective, Strategy

Part = TypeVar("Part", Strategy, Objective, Action, Indicator)
LINKS = ("themes", "quotes")


def fields_of(row: Any) -> dict[str, Any]:
    """The columns of a row by name."""
    return {column.key: getattr(row, column.key) for column in inspect(row).mapper.column_attrs}


def snapshot(row: Any) -> dict[str, Any]:
    """A row as JSON can hold it; links by code or number, so that no person's words are copied."""
    links = {
        name: sorted(getattr(one, "code", one.id) for one in getattr(row, name))
        for name in LINKS
        if hasattr(row, name)
    }
    return {name: _plain(value) for name, value in {**fields_of(row), **links}.items()}


def log(
    session: Session, staff_id: int | None, strategy: Strategy, verb: str, row: Any,
    before: dict[str, Any], after: dict[str, Any],
) -> None:  # fmt: skip
    """Note what differs between two snapshots; nothing when nothing does."""
    names = [
        name for name in {**before, **after} if not before or not after
        or before[name] != after[name]
    ]  # fmt: skip
    if names:
        old, new = ({n: side[n] for n in names if n in side} for side in (before, after))
        record(session, staff_id, verb, row, old, new, strategy.consultation_id)


def log_new(
    session: Session, staff_id: int | None, strategy: Strategy, verb: str, row: Part
) -> Part:
    """Note a row that was just added, and give it back."""
    session.flush()
    log(session, staff_id, strategy, verb, row, {}, snapshot(row))
    return row


def change(
    session: Session, staff_id: int | None, strategy: Strategy, verb: str, row: Any,
    values: Mapping[str, Any],
) -> None:  # fmt: skip
    """Set fields of a row and note those that differ."""
    before = snapshot(row)
    for name, value in values.items():
        setattr(row, name, value)
    session.flush()
    log(session, staff_id, strategy, verb, row, before, snapshot(row))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
