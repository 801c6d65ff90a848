"""What every question type promises."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Protocol

from consult.kernel.errors import ConsultError
from consult.kernel.messages import N_

MAX_TEXT = 20_000
Raw = Mapping[str, Sequence[str]]


class InvalidAnswer(ConsultError):
    """What was given cannot be an answer; the sentence says what would be."""


class OptionLike(Protocol):
    """What a type needs to know of a choice."""

    @property
    def code(self) -> str: ...


class QuestionLike(Protocol):
    """What a type needs to know of a question."""

    @property
    def code(self) -> str: ...

    @property
    def kind(self) -> str: ...

    @property
    def parameters(self) -> Mapping[str, Any]: ...

    @property
    def options(self) -> Sequence[OptionLike]: ...


class QuestionType(ABC):
    """Reads the strings of a form into a value that JSON can hold, and back."""

    kind: ClassVar[str]
    is_asked: ClassVar[bool] = True
    is_text: ClassVar[bool] = False

    def collect(self, question: QuestionLike, raw: Raw) -> Sequence[str]:
        """The strings of the question's fields in a posted form."""
        return raw.get(question.code, ())

    @abstractmethod
    def read(self, question: QuestionLike, given: Sequence[str]) -> Any:
        """The value, or None when nothing was given; raises InvalidAnswer."""

    def show(self, value: Any) -> list[str]:
        """The strings a form shows for a stored value."""
        return [] if value is None else [str(value)]


def clean(text: str) -> str:
    """`text` with one kind of line end and without characters no database can hold."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def first(given: Sequence[str]) -> str:
    """The one string of a field, cleaned and trimmed."""
    return clean(given[0]).strip() if given else ""


def number(text: str) -> float:
    """A number in any script's digits, or InvalidAnswer."""
    from consult.kernel.digits import to_ascii_number

    try:
        value = float(to_ascii_number(text).replace("٫", ".").replace(",", "."))
    except ValueError:
        raise InvalidAnswer(N_("Please write a number, for example 3.")) from None
    if value != value or abs(value) > 10**12:
        raise InvalidAnswer(N_("Please write a number, for example 3."))
    return value


def check_limits(value: float, parameters: Mapping[str, Any]) -> None:
    """Raise InvalidAnswer when a number lies outside `start` and `end`."""
    low, high = parameters.get("start"), parameters.get("end")
    if (low is None or value >= float(low)) and (high is None or value <= float(high)):
        return
    if high is None:
        raise InvalidAnswer(N_("Please write %(low)s or a larger number."), low=low)
    if low is None:
        raise InvalidAnswer(N_("Please write %(high)s or a smaller number."), high=high)
    raise InvalidAnswer(N_("Please write a number from %(low)s to %(high)s."), low=low, high=high)
