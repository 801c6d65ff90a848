"""Tables of a region."""

from sqlalchemy import JSON, CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from consult.kernel.base import Base
from consult.kernel.localized import LocalizedText, LocalizedTextType

SMALLEST_PUBLIC_THRESHOLD = 5  # DESIGN rule 6: fewer than five never shown in public


class Region(Base):
    """A region that consults; its thresholds say from how many people on a count is shown."""

    __tablename__ = "region"
    __table_args__ = (
        CheckConstraint(f"public_threshold >= {SMALLEST_PUBLIC_THRESHOLD}", name="public"),
        CheckConstraint("internal_threshold >= 1", name="internal"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    country: Mapped[str] = mapped_column(String(2))
    official_languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    unit: Mapped[str] = mapped_column(String(200), default="")
    contact: Mapped[LocalizedText] = mapped_column(LocalizedTextType, default=LocalizedText)
    minimum_days: Mapped[int] = mapped_column(default=14)
    public_threshold: Mapped[int] = mapped_column(default=10)
    internal_threshold: Mapped[int] = mapped_column(default=5)
