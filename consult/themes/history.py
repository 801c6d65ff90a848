"""Tells the entries of the log as sentences; pure, over the entries' own before and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from consult.accounts.models import AuditEntry
from consult.kernel.localized import LocalizedText
from consult.kernel.messages import N_

SENTENCES = {
    "create_theme": N_("Added the theme “%(name)s”."),
    "rename_theme": N_("Renamed the theme “%(before)s” to “%(name)s”."),
    "accept_theme": N_("Accepted the theme “%(name)s”."),
    "reject_theme": N_("Rejected the theme “%(name)s”."),
    "merge_theme": N_("Merged the theme “%(name)s” into “%(target)s”."),
    "approve_quote": N_("Approved a statement as a quote."),
    "withdraw_quote": N_("Took the approval of a quote back."),
    "translate_statement": N_("Translated an answer into %(language)s."),
    "remove_translation": N_("Removed the translation of an answer into %(language)s."),
    "listen_voice": N_("Listened to a voice answer."),
    "transcribe_voice": N_("Wrote a voice answer down."),
    "check_voice": N_("Checked what was written down of a voice answer."),
    "apply_run": N_("Applied a new analysis."),
    "discard_run": N_("Discarded a new analysis."),
    "review_blind": N_("Gave a statement its themes in a blind review."),
    "hide_personal": N_("Hid personal data: %(count)s."),
    "keep_personal": N_("Said that it is not personal: %(count)s."),
    "hide_words": N_("Hid words that a person typed: %(count)s."),
    "order_translation": N_("Had answers translated by %(service)s: %(count)s."),
    "change_state": N_("Changed the state of the consultation."),
    "release_report": N_("Released a report."),
    "create_strategy": N_("Began the strategy “%(name)s”."),
    "edit_strategy": N_("Changed the front of the strategy."),
    "adopt_strategy": N_("Adopted the strategy."),
    "create_objective": N_("Added the objective “%(name)s”."),
    "edit_objective": N_("Changed an objective."),
    "delete_objective": N_("Deleted the objective “%(before)s”."),
    "create_action": N_("Added the action “%(name)s”."),
    "edit_action": N_("Changed an action."),
    "delete_action": N_("Deleted the action “%(before)s”."),
    "create_indicator": N_("Added the indicator “%(name)s”."),
    "edit_indicator": N_("Changed an indicator."),
    "delete_indicator": N_("Deleted the indicator “%(before)s”."),
    "decide_theme": N_("Decided what becomes of the theme “%(theme)s”."),
}
MOVES = {
    (True, True): N_("Moved statements from “%(source)s” to “%(target)s”: %(count)s."),
    (False, True): N_("Said of statements that they belong to “%(target)s”: %(count)s."),
    (True, False): N_("Took statements out of “%(source)s”: %(count)s."),
}
OTHER = N_("Made another change (%(verb)s).")
LEFT_OUT = (
    "id", "lang", "version", "text", "position", "day", "merged_into_id", "served_values",
    "themes", "quotes", "redactions", "run",
    "decided", "chosen",
)  # fmt: skip
ID_ENDING = "_id"
Names = Mapping[int, LocalizedText]


@dataclass(frozen=True)
class Told:
    """An entry as a sentence; names of themes stay in all their languages until shown."""

    entry: AuditEntry
    sentence: str
    params: dict[str, Any]
    changes: tuple[tuple[str, str, str], ...]
    is_undo: bool


def tell(entry: AuditEntry, names: Names) -> Told:
    """The entry as a sentence; `names` are those of the consultation's themes by id."""
    is_undo = entry.verb.startswith("undo_")
    verb = entry.verb.removeprefix("undo_")
    before, after = (entry.after, entry.before) if is_undo else (entry.before, entry.after)
    if verb == "move_statements":
        sentence, params = _moves(after, names)
        return Told(entry, sentence, params, (), is_undo)
    sentence = SENTENCES.get(verb, OTHER)
    return Told(entry, sentence, _params(verb, before, after, names), _changes(before, after),
                is_undo)  # fmt: skip


def _moves(after: Mapping[str, Mapping[str, bool]], names: Names) -> tuple[str, dict[str, Any]]:
    sides = next(iter(after.values()), {})
    ends = {belongs: names.get(int(theme), "–") for theme, belongs in sides.items()}
    sentence = MOVES[(False in ends, True in ends or not ends)]
    return sentence, {"source": ends.get(False), "target": ends.get(True), "count": len(after)}


def _params(
    verb: str, before: Mapping[str, Any], after: Mapping[str, Any], names: Names
) -> dict[str, Any]:
    return {
        "verb": verb.replace("_", " "),
        "name": _name(after),
        "before": _name(before),
        "target": names.get(after.get("merged_into_id") or 0, "–"),
        "theme": names.get(after.get("theme_id") or 0, "–"),
        "language": after.get("lang", ""),
        "count": after.get("count", len(after.get("redactions", ()))),
        "service": after.get("service", ""),
    }


def _name(side: Mapping[str, Any]) -> Any:
    name = side.get("name") or side.get("title") or "–"
    return LocalizedText(name) if isinstance(name, dict) else name


def _changes(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[tuple[str, str, str], ...]:
    """What differs as (field, before, after), in plain text."""
    return tuple(
        (name, _plain(before.get(name)), _plain(after.get(name)))
        for name in {**before, **after}
        if name not in LEFT_OUT and not name.endswith(ID_ENDING)
        and _plain(before.get(name)) != _plain(after.get(name))
    )  # fmt: skip


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return str(LocalizedText(value).best("en")) if value else ""
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return "" if value is None else str(value)
