"""Migrations and models agree; every migration goes up and down."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from consult.app import create_app
from consult.config import Settings
from consult.extensions import db
from consult.jobs.queue import QUEUE_TABLES, is_ours
from tests.factories import make_consultation, make_response, make_staff


@pytest.fixture
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An application on a database without tables."""
    url = f"sqlite:///{tmp_path / 'migrated.sqlite3'}"
    if request.config.getoption("--database") == "postgres":
        url = request.getfixturevalue("postgres").new_database()
    app = create_app(Settings(url, "k" * 40, "s" * 40, tmp_path))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_there_is_one_head(fresh: Flask) -> None:
    folder = fresh.extensions["migrate"].directory
    assert len(ScriptDirectory(folder).get_heads()) == 1


def test_the_migrated_schema_is_the_models(fresh: Flask) -> None:
    upgrade()
    with db.engine.connect() as connection:
        options = {"compare_type": True, "include_name": is_ours}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, db.metadata) == []


def test_migrations_go_up_and_down_with_data(fresh: Flask) -> None:
    upgrade()
    consultation = make_consultation(db.session())
    make_response(db.session(), consultation, {"good": "Neighbours"}, {"who": ["moved_here"]})
    make_staff(db.session(), consultation.region)
    db.session.commit()
    db.session.remove()
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) - QUEUE_TABLES <= {"alembic_version"}
    upgrade()
    assert "response" in inspect(db.engine).get_table_names()
