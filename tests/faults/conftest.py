"""Installations whose processes may be killed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from consult.app import create_app
from consult.config import load_settings
from consult.extensions import db
from tests.factories import make_consultation
from tests.factories.site import Site
from tests.postgres import PostgresServer


@pytest.fixture
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PostgresServer | None]:
    """A PostgreSQL of this test's own, or None on SQLite."""
    if request.config.getoption("--database") == "sqlite":
        yield None
        return
    with PostgresServer.start(tmp_path_factory.mktemp("faulty")) as started:
        yield started


@pytest.fixture
def site(server: PostgresServer | None, tmp_path: Path) -> Site:
    return make_site(tmp_path, server.new_database() if server else "")


def make_site(folder: Path, database_url: str = "") -> Site:
    """An installation with one open consultation, not served yet."""
    made = Site(folder, database_url)
    made.run("migrate")
    with opened(made).app_context():
        make_consultation(db.session())
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return made


def opened(site: Site) -> Flask:
    """The application of an installation, to look into its database."""
    return create_app(load_settings(site.environment))
