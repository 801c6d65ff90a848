"""The `relevant` expressions of XLSForm: when a question or a screen is shown.

Supported: `${code}`, text in quotes, numbers, `= != < <= > >=`, `and`, `or`, `not(…)`,
`selected(${code}, 'x')` and parentheses. An unanswered question counts as an empty text.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from consult.kernel.errors import ConsultError
from consult.kernel.messages import N_

Values = Mapping[str, Any]
Node = Callable[[Values], Any]
TOKEN = re.compile(
    r"\s*(?:(?P<ref>\$\{[^}]+\})|(?P<text>'[^']*'|\"[^\"]*\")|(?P<number>-?\d+(?:\.\d+)?)"
    r"|(?P<sign>!=|<=|>=|=|<|>|\(|\)|,)|(?P<word>[A-Za-z][\w-]*))"
)
LONGEST = 2000
DEEPEST = 50


class BadExpression(ConsultError):
    """An expression that cannot be read; the sentence names the place."""


def is_relevant(expression: str, values: Values) -> bool:
    """Whether an expression holds for the answers so far; an empty one always does."""
    return not expression.strip() or bool(_parse(expression)[0](values))


def codes_in(expression: str) -> frozenset[str]:
    """The codes of the questions an expression asks about."""
    return _parse(expression)[1] if expression.strip() else frozenset()


def check_expression(expression: str, known: set[str]) -> None:
    """Raise BadExpression when an expression cannot be read or names an unknown question."""
    if expression.strip():
        for code in _parse(expression)[1]:
            if code not in known:
                raise BadExpression(N_("There is no question “%(name)s”."), name=code)


@lru_cache(maxsize=2048)
def _parse(expression: str) -> tuple[Node, frozenset[str]]:
    if len(expression) > LONGEST or expression.count("(") > DEEPEST:
        raise BadExpression(N_("The condition is too long."))
    parser = _Parser(expression)
    node = parser.either()
    if parser.at < len(parser.tokens):
        raise parser.wrong()
    return node, frozenset(parser.codes)


class _Parser:
    """Recursive descent, one method a level of binding."""

    def __init__(self, expression: str) -> None:
        self.expression, self.at, self.codes = expression, 0, set[str]()
        self.tokens: list[tuple[str, str]] = []
        place = 0
        while expression[place:].strip():
            match = TOKEN.match(expression, place)
            if match is None:
                raise BadExpression(N_("This condition cannot be read: %(text)s"), text=expression)
            self.tokens.append((match.lastgroup or "", match[match.lastgroup or 0]))
            place = match.end()

    def wrong(self) -> BadExpression:
        return BadExpression(N_("This condition cannot be read: %(text)s"), text=self.expression)

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("", "")

    def take(self, text: str = "") -> str:
        found = self.peek()[1]
        if not found or (text and found != text):
            raise self.wrong()
        self.at += 1
        return found

    def either(self) -> Node:
        parts = [self.both()]
        while self.peek() == ("word", "or"):
            self.take()
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else lambda values: any(p(values) for p in parts)

    def both(self) -> Node:
        parts = [self.comparison()]
        while self.peek() == ("word", "and"):
            self.take()
            parts.append(self.comparison())
        return parts[0] if len(parts) == 1 else lambda values: all(p(values) for p in parts)

    def comparison(self) -> Node:
        left = self.operand()
        sign = self.peek()[1]
        if sign not in COMPARISONS or self.peek()[0] != "sign":
            return left
        self.take()
        right, compare = self.operand(), COMPARISONS[sign]
        return lambda values: compare(left(values), right(values))

    def operand(self) -> Node:
        kind, text = self.peek()
        if kind == "word":
            return self.call()
        self.take()
        if text == "(":
            node = self.either()
            self.take(")")
            return node
        if kind == "ref":
            code = text[2:-1].strip()
            self.codes.add(code)
            return lambda values: values.get(code, "") or ""
        if kind == "text":
            return lambda _: text[1:-1]
        if kind == "number":
            return lambda _: float(text)
        raise self.wrong()

    def call(self) -> Node:
        name = self.take()
        self.take("(")
        first = self.either() if name == "not" else self.operand()
        if name == "not":
            self.take(")")
            return lambda values: not first(values)
        if name != "selected":
            raise self.wrong()
        self.take(",")
        second = self.operand()
        self.take(")")
        return lambda values: str(second(values)) in _codes(first(values))


def _codes(value: Any) -> list[str]:
    return [str(code) for code in value] if isinstance(value, list) else str(value).split()


def _equal(left: Any, right: Any) -> bool:
    if isinstance(left, float) or isinstance(right, float):
        return _number(left) == _number(right)
    return " ".join(_codes(left)) == " ".join(_codes(right))


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return float("nan")  # like XPath: compares as false


COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": _equal,
    "!=": lambda left, right: not _equal(left, right),
    "<": lambda left, right: _number(left) < _number(right),
    "<=": lambda left, right: _number(left) <= _number(right),
    ">": lambda left, right: _number(left) > _number(right),
    ">=": lambda left, right: _number(left) >= _number(right),
}
