"""Writes of a participant's answers: send, correct, withdraw."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.jobs.services import enqueue
from consult.kernel.clock import today
from consult.kernel.errors import RuleBroken
from consult.kernel.messages import N_
from consult.responses.drafts import OpenForm, drop_draft, key_hash
from consult.responses.flow import relevant_answers
from consult.responses.models import Answer, Response
from consult.responses.receipts import SELECT, hash_secret, receipt_digits
from consult.responses.voices import store_voices
from consult.surveys.models import QuestionnaireVersion
from consult.surveys.types import is_open_text

REFRESH = "themes.refresh"
REFRESH_PAUSE = timedelta(minutes=5)  # else a busy survey would keep the worker at it
LEDGER = "withdrawals.log"
ATTEMPTS = 10


def submit(
    session: Session, consultation: Consultation, version: QuestionnaireVersion,
    form: OpenForm, language: str, server_secret: str,
) -> str:  # fmt: skip
    """Store a form once and give its receipt; a repeat stores nothing and gets the same receipt.

    Of two repeats at the same moment one breaks on a unique constraint when it flushes
    (IntegrityError); its caller rolls back and asks `stored_receipt`. A correction keeps the
    receipt it came with and gives an empty text. The caller commits.
    """
    digits = stored_receipt(session, form.key, server_secret)
    if digits is not None:
        return digits
    if form.corrects is not None:
        response, digits = _corrected(session, form), ""
    else:
        digits = _free_receipt(session, form.key, server_secret)
        response = _new(session, consultation, form, digits)
    response.version_id, response.language = version.id, language
    fill(session, response, version, relevant_answers(version, form.values))
    store_voices(session, response, version, form)
    version.locked = True
    drop_draft(session, form.key)
    session.flush()
    enqueue(session, REFRESH, consultation.slug, REFRESH_PAUSE)
    return digits


def stored_receipt(session: Session, key: str, server_secret: str) -> str | None:
    """The receipt of a form that is stored already, else None."""
    select_digits = session.scalar(
        select(Response.receipt_select).where(Response.submit_hash == key_hash(key))
    )
    tries = (receipt_digits(server_secret, key, attempt) for attempt in range(ATTEMPTS))
    return next((d for d in tries if d[:SELECT] == select_digits), None)


def fill(
    session: Session, response: Response, version: QuestionnaireVersion, values: Mapping[str, Any]
) -> None:
    """Give a response these answers; those that did not change stay as they are.

    A text that changed is a new answer: statements and translations of the old one go with it.
    """
    texts = {question.code for question in version.questions if is_open_text(question)}
    kept = {answer.question_code: answer for answer in response.answers}
    for code, answer in list(kept.items()):
        if code not in values or (code in texts and answer.text != values[code]):
            response.answers.remove(kept.pop(code))
    session.flush()  # the old rows go before the new ones come
    for code, value in values.items():
        text, coded = (value, None) if code in texts else (None, value)
        if code in kept:
            kept[code].value = coded
        else:
            response.answers.append(Answer(question_code=code, text=text, value=coded))
    response.may_quote = values.get("quote") == "yes"


def withdraw(session: Session, response: Response, ledger: Path) -> None:
    """Delete the answers and all that hangs on them; the empty row keeps repeats out.

    The first digits of the receipt are noted, hashed, in a ledger outside the database, so that
    `apply_withdrawals` can repeat this on a restored backup.
    """
    if response.receipt_select:
        with ledger.open("a", encoding="ascii") as file:
            file.write(_ledger_line(response.receipt_select) + "\n")
    _empty(session, response)
    enqueue(session, REFRESH, response.consultation.slug, REFRESH_PAUSE)


def apply_withdrawals(session: Session, lines: Iterable[str]) -> int:
    """Withdraw again, after a restore, whatever the ledger names; the number withdrawn."""
    named = {line.strip() for line in lines}
    restored = session.scalars(
        select(Response).where(Response.receipt_select.is_not(None), Response.withdrawn.is_(False))
    )
    again = [r for r in restored if _ledger_line(r.receipt_select or "") in named]
    for response in again:
        _empty(session, response)
    return len(again)


def _empty(session: Session, response: Response) -> None:
    response.answers.clear()
    response.voices.clear()
    response.withdrawn, response.may_quote = True, False
    response.receipt_hash = None
    session.flush()


def _ledger_line(select_digits: str) -> str:
    return hashlib.sha256(f"withdrawn:{select_digits}".encode()).hexdigest()


def _free_receipt(session: Session, key: str, server_secret: str) -> str:
    """A receipt whose first digits nobody has yet."""
    for attempt in range(ATTEMPTS):
        digits = receipt_digits(server_secret, key, attempt)
        taken = select(Response.id).where(Response.receipt_select == digits[:SELECT])
        if session.scalar(taken) is None:
            return digits
    raise RuleBroken(N_("We could not make a receipt just now. Please send it again."))


def _corrected(session: Session, form: OpenForm) -> Response:
    """The response a correction replaces; one withdrawn meanwhile stays withdrawn."""
    response = session.get(Response, form.corrects)
    if response is None or response.withdrawn:
        raise RuleBroken(N_("This answer was withdrawn. Nothing was stored."))
    return response


def _new(session: Session, consultation: Consultation, form: OpenForm, digits: str) -> Response:
    consents = consultation.consents
    response = Response(
        consultation_id=consultation.id,
        version_id=form.version_id,
        consent_id=consents[-1].id if consents else None,
        submit_hash=key_hash(form.key),
        channel=form.channel,
        language="und",
        day=today(),
        receipt_select=digits[:SELECT],
        receipt_hash=hash_secret(digits),
    )
    session.add(response)
    return response
