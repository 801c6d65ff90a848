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
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """A PostgreSQL of this test's own, which may be crashed."""
    with PostgresServer.start(tmp_path_factory.mktemp("faulty")) as started:
        yield started


@pytest.fixture
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Site:
    """An installation on the database of this run, with one open consultation; not served yet."""
    on_postgres = request.config.getoption("--database") == "postgres"
    server = request.getfixturevalue("server") if on_postgres else None
    return installed(tmp_path, server.new_database() if server else "")


@pytest.fixture
def postgres_site(server: PostgresServer, tmp_path: Path) -> Site:
    """The same, always on PostgreSQL."""
    return installed(tmp_path, server.new_database())


def installed(folder: Path, database_url: str) -> Site:
    """An installation in `folder` with its tables and one open consultation."""
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
