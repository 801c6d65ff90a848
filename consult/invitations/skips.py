"""The conditions of a questionnaire in words, for paper: which ticks lead to which questions.

A condition is read by trying it: every combination of ticks of the questions it names, so that
whatever the expressions of XLSForm learn to say, this need not learn it too.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from consult.surveys.expressions import codes_in, is_relevant
from consult.surveys.models import Option, Question, QuestionnaireVersion

MOST_TRIED = 5000
TICKED = ("choice", "choices", "rating")
Tick = str | None


@dataclass(frozen=True)
class Skip:
    """When questions are to be answered, as ticks of one other question.

    `only` true: only with one of `ticks`; false: not with one of them. Without `ticks` the
    condition says more than ticks can tell.
    """

    question: Question
    ticks: tuple[Option, ...]
    only: bool


@dataclass(frozen=True)
class Stretch:
    """A skip and the questions, by number on paper, that it stands before."""

    skip: Skip
    first: int
    last: int


def stretches(version: QuestionnaireVersion) -> dict[int, list[Stretch]]:
    """The skips by the number of the question before which each is said once."""
    asked = [question for question in version.questions if question.kind != "note"]
    by_code = {question.code: question for question in asked}
    skips = [
        read_condition(q.section.relevant, by_code) + read_condition(q.relevant, by_code)
        for q in asked
    ]
    found: dict[int, list[Stretch]] = {}
    for number, (before, here) in enumerate(zip([[], *skips], skips, strict=False), 1):
        for skip in (skip for skip in here if skip not in before):
            last = number + sum(1 for _ in _while_in(skip, skips[number:]))
            found.setdefault(number, []).append(Stretch(skip, number, last))
    return found


def _while_in(skip: Skip, following: Sequence[Sequence[Skip]]) -> Iterator[None]:
    for skips in following:
        if skip not in skips:
            return
        yield


def read_condition(expression: str, by_code: Mapping[str, Question]) -> list[Skip]:
    """One skip for each question an expression depends on; none for an empty expression."""
    questions = [by_code[code] for code in sorted(codes_in(expression)) if code in by_code]
    choices = [_choices(question) for question in questions]
    if not questions:
        return []
    if not all(choices) or prod(map(len, choices)) > MOST_TRIED:
        return [Skip(question, (), True) for question in questions]
    good = {ticks for ticks in product(*choices) if _holds(expression, questions, ticks)}
    allowed = [{ticks[place] for ticks in good} for place in range(len(questions))]
    if prod(map(len, allowed)) != len(good):  # not a plain “and” of one question each
        return [Skip(question, (), True) for question in questions]
    return [
        _skip(question, ticks)
        for question, ticks, all_ticks in zip(questions, allowed, choices, strict=True)
        if ticks != set(all_ticks)
    ]


def _choices(question: Question) -> list[Tick]:
    """What can stand on paper: nothing, or one of the ticks; empty for words and numbers."""
    if question.kind not in TICKED:
        return []
    return [None, *(option.code for option in question.options)]


def _holds(expression: str, questions: Sequence[Question], ticks: Sequence[Tick]) -> bool:
    values = {
        question.code: [tick] if question.kind == "choices" and tick else tick
        for question, tick in zip(questions, ticks, strict=True)
    }
    return is_relevant(expression, values)


def _skip(question: Question, allowed: set[Tick]) -> Skip:
    """Said the way that an empty answer is treated right."""
    only = None not in allowed
    named = tuple(option for option in question.options if (option.code in allowed) == only)
    return Skip(question, named, only)
