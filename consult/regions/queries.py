"""Questions about regions."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.regions.models import Region


def regions_with_contact(session: Session) -> Sequence[Region]:
    """Regions that say whom to ask, by their address."""
    regions = session.scalars(select(Region).order_by(Region.slug)).all()
    return [region for region in regions if region.contact]
