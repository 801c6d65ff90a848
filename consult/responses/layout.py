"""How a screen's questions are laid out: one by one, or as the rows of a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from consult.responses.forms import Asked
from consult.surveys.models import Option, Question
from consult.surveys.types.choice import is_apart
from consult.web.text import shown

MOST_COLUMNS = 6
LONGEST_WORD = 8  # signs that fit a fifth of the narrowest screen
MOOD = {1: (3,), 2: (1, 5), 3: (1, 3, 5), 4: (1, 2, 4, 5), 5: (1, 2, 3, 4, 5)}


@dataclass(frozen=True)
class Block:
    """Questions that stand together; more than one share their choices and make a table."""

    asked: Sequence[Asked]

    @property
    def is_table(self) -> bool:
        return len(self.asked) > 1


def blocks(asked: Sequence[Asked], appearance: str = "") -> list[Block]:
    """The questions in their order, neighbours with the same scale taken together.

    A screen with the appearance `table-list` takes all its choices together, not ratings alone.
    """
    kinds = ("rating", "choice") if "table-list" in appearance.split() else ("rating",)
    found: list[Block] = []
    for scale, together in groupby(asked, lambda one: _scale(one, kinds)):
        group = list(together)
        found += [Block(group)] if scale else [Block([one]) for one in group]
    return found


def _scale(asked: Asked, kinds: Sequence[str]) -> tuple[object, ...]:
    """What must be equal for two questions to share a table; empty where none can."""
    question = asked.question
    if question.kind not in kinds or asked.other or len(question.options) > MOST_COLUMNS:
        return ()
    same = tuple((option.code, option.label) for option in question.options)
    return (question.kind, question.appearance, *same)


def faults_of(asked: Sequence[Asked]) -> list[Asked]:
    """What is wrong on a screen, in the order of its fields."""
    fields = [field for one in asked for field in (one, one.other) if field]
    return [field for field in fields if field.error]


def points(question: Question) -> list[Option]:
    """The choices proper, in the order of the questionnaire."""
    return [option for option in question.options if not is_apart(option)]


def apart(question: Question) -> list[Option]:
    """Choices such as “I do not know”, which are no point of the scale."""
    return [option for option in question.options if is_apart(option)]


def fits_a_row(question: Question) -> bool:
    """Whether the points of a scale can stand side by side on the narrowest screen."""
    labels = [shown(option.label).text for option in points(question)]
    words = [word for label in labels for word in label.split()]
    return 2 <= len(labels) <= 5 and max(map(len, words), default=0) <= LONGEST_WORD


def mood(question: Question, option: Option) -> int:
    """The face of a point, from 1 (worst) to 5; 0 for none. Numbers count, whatever the order."""
    scale = points(question)
    if "faces" not in question.appearance.split() or option not in scale or len(scale) > 5:
        return 0
    codes = [point.code for point in scale]
    if all(code.isdecimal() for code in codes):
        codes.sort(key=int)
    return MOOD[len(codes)][codes.index(option.code)]
