"""Orders to have answers translated by machine: what would be sent where, and who said so."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from consult.accounts.models import Staff
from consult.accounts.services import record
from consult.consultations.models import Consultation
from consult.jobs.models import Job
from consult.jobs.queries import latest_job
from consult.jobs.services import enqueue
from consult.kernel.errors import RuleBroken
from consult.kernel.languages import base_language
from consult.kernel.messages import N_
from consult.responses.models import Answer, AnswerTranslation, Response
from consult.themes.models import Statement, TranslationOrder
from consult.themes.statements import STANDING
from consult.translators.base import Translator, code_for

TRANSLATE = "themes.translate"
SHOWN = 10  # orders a page lists
LARGEST_ID = 2**31 - 1


class Waiting(NamedTuple):
    """An answer that stands and has no translation yet."""

    answer: int
    language: str
    text: str


@dataclass(frozen=True)
class Share:
    """What of a language would be sent; equal texts are sent once and cost once."""

    language: str
    answers: int
    letters: int


@dataclass(frozen=True)
class Offer:
    """What the service would get. `lacking` are languages it does not know, `beyond` the number
    of answers past the limit of one order."""

    service: str
    host: str
    target: str
    shares: tuple[Share, ...]
    lacking: tuple[Share, ...]
    beyond: int
    last_answer: int

    @property
    def answers(self) -> int:
        return sum(share.answers for share in self.shares)

    @property
    def letters(self) -> int:
        return sum(share.letters for share in self.shares)


def waiting_answers(
    session: Session, consultation_id: int, target: str, last_answer: int = LARGEST_ID,
    among: Collection[int] | None = None,
) -> list[Waiting]:  # fmt: skip
    """Answers up to `last_answer` that say something in another language and lack `target`.

    `among` looks at these alone. The language of an answer is that of its first statement, or
    else of its form.
    """
    found: dict[int, Waiting] = {}
    rows = session.execute(
        select(Answer.id, Statement.language, Response.language, Answer.text)
        .join(Statement, Statement.answer_id == Answer.id)
        .join(Response, Response.id == Answer.response_id)
        .where(
            Statement.consultation_id == consultation_id, Statement.is_empty.is_(False),
            Answer.id <= last_answer, Answer.id.not_in(_translated(target)), *STANDING,
            *([] if among is None else [Answer.id.in_(among)]),
        )
        .order_by(Answer.id, Statement.start)
    )  # fmt: skip
    for answer, spoken, form, text in rows:
        found.setdefault(answer, Waiting(answer, form if spoken == "und" else spoken, text or ""))
    base = base_language(target)
    return [row for row in found.values() if base_language(row.language) not in (base, "und")]


def offer_of(
    waiting: Sequence[Waiting], translator: Translator, target: str, limit: int,
    languages: Collection[str] | None = None,
) -> Offer:  # fmt: skip
    """What of the waiting answers the service would get, at most `limit` letters at once.

    `languages` None means all it knows. It may raise TranslatorFailed.
    """
    sources = translator.sources(base_language(target))
    known, lacking = [], []
    for row in waiting:
        if code_for(row.language, sources) is None:
            lacking.append(row)
        elif languages is None or row.language in languages:
            known.append(row)
    sent = known[: _within(known, limit)]
    return Offer(
        translator.name, translator.host, target, _shares(sent), _shares(lacking),
        beyond=len(known) - len(sent), last_answer=max((row.answer for row in sent), default=0),
    )  # fmt: skip


def order_translation(
    session: Session, staff: Staff, consultation: Consultation, offer: Offer
) -> TranslationOrder:
    """Queue what was offered; RuleBroken when there is nothing or one order is still at work."""
    if not offer.answers:
        raise RuleBroken(N_("There is nothing to translate."))
    job = latest_order_job(session, consultation)[1]
    if job is not None and not job.has_ended:
        raise RuleBroken(N_("A translation is waiting or running already."))
    order = TranslationOrder(
        consultation_id=consultation.id, staff_id=staff.id, service=offer.service,
        host=offer.host, target=offer.target, languages=[s.language for s in offer.shares],
        last_answer_id=offer.last_answer, answers=offer.answers, letters=offer.letters,
    )  # fmt: skip
    session.add(order)
    session.flush()
    enqueue(session, TRANSLATE, subject_of(consultation, order))
    record(session, staff.id, "order_translation", order, {}, {
        "count": offer.answers, "service": offer.service, "lang": offer.target,
        "letters": offer.letters, "languages": order.languages,
    })  # fmt: skip
    return order


def subject_of(consultation: Consultation, order: TranslationOrder) -> str:
    """The subject of the order's job."""
    return f"{consultation.slug}/{order.id}"


def orders_of(session: Session, consultation_id: int) -> list[TranslationOrder]:
    """The newest orders."""
    query = select(TranslationOrder).where(TranslationOrder.consultation_id == consultation_id)
    return list(session.scalars(query.order_by(TranslationOrder.id.desc()).limit(SHOWN)))


def latest_order_job(
    session: Session, consultation: Consultation
) -> tuple[TranslationOrder | None, Job | None]:
    """The newest order and the work that carries it out."""
    orders = orders_of(session, consultation.id)
    if not orders:
        return None, None
    return orders[0], latest_job(session, subject_of(consultation, orders[0]), TRANSLATE)


def _translated(target: str) -> Select[int]:
    """Answers that have a translation into the language."""
    base = base_language(target)
    return select(AnswerTranslation.answer_id).where(
        or_(AnswerTranslation.language == base, AnswerTranslation.language.like(f"{base}-%"))
    )


def _within(rows: Iterable[Waiting], limit: int) -> int:
    """How many of the first rows stay within so many letters."""
    seen: set[tuple[str, str]] = set()
    letters = number = 0
    for row in rows:
        letters += 0 if row[1:] in seen else len(row.text)
        if letters > limit:
            break
        seen.add(row[1:])
        number += 1
    return number


def _shares(rows: Sequence[Waiting]) -> tuple[Share, ...]:
    answers = Counter(row.language for row in rows)
    letters: Counter[str] = Counter()
    for language, text in {row[1:] for row in rows}:
        letters[language] += len(text)
    return tuple(Share(language, n, letters[language]) for language, n in answers.most_common())
