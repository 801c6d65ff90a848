"""Writes of a region."""

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.kernel.errors import NotFound, RuleBroken
from consult.kernel.localized import LocalizedText
from consult.kernel.messages import N_
from consult.regions.models import SMALLEST_PUBLIC_THRESHOLD, Region

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def check_slug(slug: str) -> str:
    """The slug itself, or RuleBroken: it stands in addresses people read aloud."""
    if not SLUG.fullmatch(slug) or len(slug) > 60:
        raise RuleBroken(
            N_("“%(slug)s” cannot be an address: use small letters, digits and hyphens."), slug=slug
        )
    return slug


def create_region(
    session: Session, slug: str, name: Mapping[str, str], country: str, **values: Any
) -> Region:
    """A new region; a slug already taken or a threshold below five raises RuleBroken."""
    if session.scalar(select(Region).where(Region.slug == check_slug(slug))):
        raise RuleBroken(N_("There is already a region “%(slug)s”."), slug=slug)
    if values.get("public_threshold", SMALLEST_PUBLIC_THRESHOLD) < SMALLEST_PUBLIC_THRESHOLD:
        raise RuleBroken(N_("Fewer than five people are never shown in public."))
    region = Region(slug=slug, name=LocalizedText(name), country=country, **values)
    session.add(region)
    session.flush()
    return region


def region_by_slug(session: Session, slug: str) -> Region:
    """The region, or NotFound."""
    region = session.scalar(select(Region).where(Region.slug == slug))
    if region is None:
        raise NotFound(N_("There is no region “%(slug)s”."), slug=slug)
    return region
