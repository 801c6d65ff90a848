"""Letting a report out."""

from sqlalchemy.orm import Session

from consult.accounts.services import record
from consult.consultations.models import Consultation
from consult.kernel.clock import utcnow
from consult.kernel.errors import RuleBroken
from consult.kernel.messages import N_
from consult.reports.gather import gather_summary
from consult.reports.models import Release
from consult.reports.queries import release_checks, release_of

KINDS = ("summary", "strategy")


def release_report(
    session: Session, consultation: Consultation, kind: str, staff_id: int | None
) -> Release:
    """Freeze a report as it is now and let it out; RuleBroken while the review gate is shut.

    A second release replaces the first; the audit trail keeps both.
    """
    if kind not in KINDS:
        raise RuleBroken(N_("There is no such report."))
    if not all(check.passed for check in release_checks(session, consultation, kind)):
        raise RuleBroken(N_("This report cannot be released yet. See what is missing."))
    content = gather_summary(session, consultation, consultation.region.public_threshold)
    release = release_of(session, consultation.id, kind)
    before = {"at": release.at.isoformat()} if release else {}
    if release is None:
        release = Release(consultation_id=consultation.id, kind=kind, content=content)
        session.add(release)
    release.content, release.staff_id, release.at = content, staff_id, utcnow()
    session.flush()
    record(session, staff_id, "release_report", release, before,
           {"kind": kind, "at": release.at.isoformat()})  # fmt: skip
    if kind == "summary" and content["decisions"] and consultation.state == "closed":
        consultation.move_to("reported")
    return release
