"""Puts questions on screens: a group is a screen, questions outside make screens of their own."""

from dataclasses import dataclass, field

from consult.kernel.localized import LocalizedText
from consult.surveys.companions import companions, is_companion
from consult.surveys.xlsform.form import (
    LONGEST_NAME,
    MOST_ON_A_SCREEN,
    NO_TEXT,
    FormQuestion,
    FormSection,
)


@dataclass(frozen=True)
class Group:
    """An open group: where it began, what it says and when it is shown."""

    row: int
    code: str
    title: LocalizedText = NO_TEXT
    relevant: str = ""
    appearance: str = ""


@dataclass
class Screens:
    """Builds the screens row by row; `names` are those of the sheet, which none may repeat."""

    names: frozenset[str] = frozenset()
    sections: list[FormSection] = field(default_factory=list)
    open_groups: list[Group] = field(default_factory=list)
    _waiting: list[FormQuestion] = field(default_factory=list)

    def begin(self, group: Group) -> None:
        self.close_screen()
        self.open_groups.append(group)

    def end(self) -> bool:
        """Close the innermost group; False when none is open."""
        self.close_screen()
        return bool(self.open_groups) and bool(self.open_groups.pop())

    def add(self, question: FormQuestion) -> None:
        belongs = any(is_companion(question, waiting) for waiting in self._waiting)
        is_full = _asked(self._waiting) >= MOST_ON_A_SCREEN and not belongs
        if is_full and not self.open_groups:
            self.close_screen()
        self._waiting.append(question)

    def close_screen(self) -> None:
        if not self._waiting:
            return
        group = self.open_groups[-1] if self.open_groups else None
        self.sections.append(
            FormSection(
                self._free_code(group.code if group else ""),
                group.title if group else LocalizedText(),
                join_conditions([g.relevant for g in self.open_groups]),
                tuple(self._waiting),
                group.appearance if group else "",
            )
        )
        self._waiting = []

    def _free_code(self, code: str) -> str:
        used = {section.code for section in self.sections}
        if code and code not in used:
            return code
        stem, number = code[: LONGEST_NAME - 5] or "screen", len(self.sections) + 1
        while f"{stem}_{number}" in used | self.names:
            number += 1
        return f"{stem}_{number}"


def is_crowded(section: FormSection) -> bool:
    """Whether a screen asks more than people take in at once."""
    return _asked(section.questions) > MOST_ON_A_SCREEN


def join_conditions(conditions: list[str]) -> str:
    """All conditions at once."""
    given = [condition for condition in conditions if condition]
    return given[0] if len(given) == 1 else " and ".join(f"({text})" for text in given)


def _asked(questions: list[FormQuestion] | tuple[FormQuestion, ...]) -> int:
    """How many a person takes in: a text beside “other” is no question of its own."""
    beside = len(companions(questions))
    return sum(question.kind != "note" for question in questions) - beside
