"""Questions about consultations."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.kernel.errors import NotFound
from consult.kernel.messages import N_
from consult.regions.models import Region


def open_consultations(session: Session, day: date) -> list[Consultation]:
    """Consultations that take answers on `day`, the one closing first at the head."""
    found = session.scalars(
        select(Consultation)
        .where(
            Consultation.state == "open",
            Consultation.opens_on <= day,
            Consultation.closes_on >= day,
        )
        .order_by(Consultation.closes_on, Consultation.id)
    )
    return list(found)


def consultations_with_results(session: Session) -> list[Consultation]:
    """Closed consultations, newest first."""
    found = session.scalars(
        select(Consultation)
        .where(Consultation.state.in_(("closed", "reported")))
        .order_by(Consultation.closes_on.desc(), Consultation.id)
    )
    return list(found)


def public_consultation(session: Session, slug: str) -> Consultation:
    """A consultation as the public may see it; drafts and unknown slugs raise NotFound."""
    found = session.scalar(select(Consultation).where(Consultation.slug == slug))
    if found is None or found.state == "draft":
        raise NotFound(N_("There is no consultation at this address. Please check the link."))
    return found


def consultation_in(session: Session, region: str, slug: str) -> Consultation:
    """A region's consultation for its desk; one of another region raises NotFound."""
    found = session.scalar(
        select(Consultation).join(Region).where(Consultation.slug == slug, Region.slug == region)
    )
    if found is None:
        raise NotFound(N_("There is no consultation at this address. Please check the link."))
    return found


def consultation_by_slug(session: Session, slug: str) -> Consultation:
    """Any consultation, for commands of the operator; an unknown slug raises NotFound."""
    found = session.scalar(select(Consultation).where(Consultation.slug == slug))
    if found is None:
        raise NotFound(N_("There is no consultation “%(slug)s”."), slug=slug)
    return found


def consultations_of(session: Session, region_id: int) -> list[Consultation]:
    """All consultations of a region, newest first."""
    found = session.scalars(
        select(Consultation)
        .where(Consultation.region_id == region_id)
        .order_by(Consultation.opens_on.desc(), Consultation.id)
    )
    return list(found)
