"""Writes of a consultation."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import ConsentText, Consultation
from consult.kernel.errors import RuleBroken
from consult.kernel.localized import LocalizedText
from consult.kernel.messages import N_
from consult.regions.models import Region
from consult.regions.services import check_slug

TEXTS = ("title", "purpose", "decision", "contact")


def create_consultation(
    session: Session, region: Region, slug: str, texts: Mapping[str, Mapping[str, str]],
    opens_on: date, closes_on: date, languages: list[str], **values: Any,
) -> Consultation:  # fmt: skip
    """A consultation in state draft, with the first version of its consent text.

    `texts` maps title, purpose, decision, contact and consent to text by language; all but
    contact must be there. RuleBroken names what is missing.
    """
    if session.scalar(select(Consultation).where(Consultation.slug == check_slug(slug))):
        raise RuleBroken(N_("There is already a consultation “%(slug)s”."), slug=slug)
    for name in ("title", "purpose", "decision", "consent"):
        if not texts.get(name):
            raise RuleBroken(N_("The text “%(name)s” is missing."), name=name)
    if closes_on < opens_on:
        raise RuleBroken(N_("A consultation cannot close before it opens."))
    consultation = Consultation(
        region_id=region.id, slug=slug, opens_on=opens_on, closes_on=closes_on,
        languages=list(languages),
        **{name: LocalizedText(texts.get(name, {})) for name in TEXTS}, **values,
    )  # fmt: skip
    consultation.consents.append(ConsentText(version=1, text=LocalizedText(texts["consent"])))
    session.add(consultation)
    session.flush()
    return consultation
