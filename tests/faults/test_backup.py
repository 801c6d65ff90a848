"""A restored copy does not bring back what people withdrew."""

import pytest
from sqlalchemy import func, select

from consult.extensions import db
from consult.responses.models import Answer
from tests.factories import csrf_token
from tests.factories.journey import START, answer_all, send
from tests.factories.site import Site
from tests.factories.visitor import Visitor
from tests.faults.conftest import opened


def texts(site: Site) -> list[str]:
    with opened(site).app_context():
        found = list(db.session.scalars(select(Answer.text).where(Answer.text.is_not(None))))
        db.session.remove()
        db.engine.dispose()
        return [str(text) for text in found]


def withdraw(visitor: Visitor, receipt: str) -> None:
    page = f"{START}/receipt"
    token = csrf_token(visitor.get(page).text)
    visitor.post(page, {"csrf_token": token, "action": "look", "digits": receipt})
    visitor.post(page, {"csrf_token": token, "action": "withdraw"})


def test_a_restored_copy_has_every_answer_but_the_withdrawn(site: Site) -> None:
    copy = site.folder / "copy.db"
    with site.serving():
        receipts = []
        for text in ("Stays", "Goes"):
            visitor = Visitor(site.address)
            answer_all(visitor, good=text)  # type: ignore[arg-type]
            receipts.append(send(visitor))  # type: ignore[arg-type]
        site.run("backup", "make", str(copy))
        withdraw(visitor, receipts[1])
    assert texts(site) == ["Stays"]
    assert "withdrawn again: 1" in site.run("backup", "restore", str(copy))
    assert texts(site) == ["Stays"]


def test_a_file_that_is_no_copy_is_refused_and_changes_nothing(site: Site) -> None:
    broken = site.folder / "broken.db"
    broken.write_bytes(b"no database" * 100)
    with pytest.raises(AssertionError, match="Error"):
        site.run("backup", "restore", str(broken))
    with opened(site).app_context():
        assert db.session.scalar(select(func.count()).select_from(Answer)) == 0
        db.session.remove()
        db.engine.dispose()
