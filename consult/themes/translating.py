"""Carries out an order of machine translations, batch by batch, each kept at once."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from consult.kernel.errors import RuleBroken
from consult.kernel.languages import base_language
from consult.kernel.messages import N_
from consult.responses.models import Answer, AnswerTranslation, Response
from consult.themes.models import Redaction, TranslationOrder
from consult.themes.orders import Waiting, waiting_answers
from consult.themes.redactions import Spotted
from consult.translators.base import ServiceDown, Translator
from consult.translators.batches import in_batches, translate_batch

Report = Callable[[float, str], None]
Spot = Callable[[str], Sequence[Spotted]]
ByText = Mapping[str, Sequence[int]]  # ids of the answers with this text, as it is sent
LEFT_OUT = "[…]"  # stands for what is personal in what is sent
MOST_REFUSED = 2  # batches in a row of which nothing came back, before it is given up


def carry_out(
    session: Session, order: TranslationOrder, report: Report, translator: Translator | None,
    spot: Spot,
) -> None:  # fmt: skip
    """Send what the order names and keep what comes back as drafts marked as the machine's.

    What is hidden, or is personal to `spot` and nobody kept, is left out. Nothing is sent that was
    withdrawn or translated meanwhile, so the same order can be carried out again after an error
    or a cancellation. Commits after every batch and holds nothing open while the service works.
    """
    if translator is None or (translator.name, translator.host) != (order.service, order.host):
        raise RuleBroken(N_("The translation service was changed. Please order again."))
    rows = _waiting(session, order)
    rows_of = _redactions(session, order.consultation_id)
    done = failures = 0
    for language, group in groupby(sorted(rows, key=attrgetter("language")),
                                   attrgetter("language")):  # fmt: skip
        texts = _by_text(group, rows_of, spot)
        for batch in in_batches(texts, translator.most_texts, translator.most_letters):
            report(done / len(rows), "Translating answers")
            done += sum(len(texts[text]) for text in batch)
            wanted = _still_wanted(session, order, {text: texts[text] for text in batch})
            session.commit()
            found = translate_batch(translator, list(wanted), language, order.target)
            _keep(session, order, wanted, found)
            failures = 0 if any(found) or not found else failures + 1
            if failures >= MOST_REFUSED:
                raise ServiceDown


def _waiting(
    session: Session, order: TranslationOrder, among: Collection[int] | None = None
) -> list[Waiting]:
    found = waiting_answers(
        session, order.consultation_id, order.target, order.last_answer_id, among
    )
    return [row for row in found if row.language in order.languages]


def _by_text(
    rows: Iterable[Waiting], redactions: Mapping[int, Sequence[Redaction]], spot: Spot
) -> dict[str, list[int]]:
    """Equal texts, of a campaign for instance, are sent once."""
    texts: dict[str, list[int]] = {}
    for row in rows:
        text = without_personal(row.text, redactions.get(row.answer, ()), spot(row.text))
        texts.setdefault(text.strip(), []).append(row.answer)
    texts.pop("", None)
    return texts


def without_personal(text: str, rows: Sequence[Redaction], spotted: Sequence[Spotted]) -> str:
    """The text with a mark in place of what is personal, or may be and nobody decided to keep."""
    places = [row for row in rows if not row.words]
    kept = [(row.start, row.end) for row in places if row.state == "kept"]
    cut = [(row.start, row.end) for row in places if row.state != "kept"]
    cut += [
        (start, end) for start, end, _ in spotted
        if not any(start < last and first < end for first, last in kept)
    ]  # fmt: skip
    pieces, at = [], 0
    for start, end in sorted(cut):
        if start >= at:
            pieces += [text[at:start], LEFT_OUT]
        at = max(at, end)
    return "".join([*pieces, text[at:]])


def _redactions(session: Session, consultation_id: int) -> dict[int, list[Redaction]]:
    found: dict[int, list[Redaction]] = defaultdict(list)
    query = select(Redaction).join(Answer).join(Response)
    for row in session.scalars(query.where(Response.consultation_id == consultation_id)):
        found[row.answer_id].append(row)
    return found


def _still_wanted(session: Session, order: TranslationOrder, texts: ByText) -> dict[str, list[int]]:
    """Without answers that were withdrawn, excluded or translated in the meantime."""
    batch = [key for keys in texts.values() for key in keys]
    here = {row.answer for row in _waiting(session, order, batch)}
    kept = {text: [key for key in keys if key in here] for text, keys in texts.items()}
    return {text: keys for text, keys in kept.items() if keys}


def _keep(
    session: Session, order: TranslationOrder, texts: ByText, found: Sequence[str | None]
) -> None:
    """Store a batch; where somebody was quicker than it, answer by answer."""
    rows, refused = [], 0
    for (text, answers), translation in zip(texts.items(), found, strict=True):
        if translation is None or translation == text:
            refused += len(answers)
        else:
            rows += [(answer, translation) for answer in answers]
    try:
        _store(session, order, rows, refused)
    except IntegrityError:
        session.rollback()
        _store(session, order, [], refused)
        for row in rows:
            try:
                _store(session, order, [row], 0)
            except IntegrityError:
                session.rollback()


def _store(
    session: Session, order: TranslationOrder, rows: Sequence[tuple[int, str]], refused: int
) -> None:
    standing = set(session.scalars(select(Answer.id).where(Answer.id.in_([r[0] for r in rows]))))
    session.add_all(
        AnswerTranslation(
            answer_id=answer, language=base_language(order.target), text=text,
            made_by=order.service, origin="machine", state="draft",
        )
        for answer, text in rows if answer in standing
    )  # fmt: skip
    session.flush()
    session.execute(
        update(TranslationOrder).where(TranslationOrder.id == order.id).values(
            translated=TranslationOrder.translated + len(standing),
            refused=TranslationOrder.refused + refused)
    )  # fmt: skip
    session.commit()
