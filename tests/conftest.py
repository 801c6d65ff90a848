"""One application for the session, an empty database for every test."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from consult.app import create_app
from consult.config import Settings
from consult.extensions import db as database
from consult.extensions import limiter
from tests.pages import PageCheckingClient
from tests.postgres import PostgresServer

ON_A_DATABASE = {"database_url", "fresh", "postgres", "postgres_site", "site"}  # fixtures
SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgres"), default="sqlite")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only tests that use a database run: the others ran on SQLite already."""
    if config.getoption("--database") == "postgres":
        names = {item: set(getattr(item, "fixturenames", ())) for item in items}
        idle = [item for item in items if not ON_A_DATABASE & names[item]]
        config.hook.pytest_deselected(items=idle)
        items[:] = [item for item in items if ON_A_DATABASE & names[item]]


@pytest.fixture(autouse=True)
def no_foreign_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that reaches for another machine fails."""
    connect = socket.socket.connect

    def only_here(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else "local"
        if host not in ("127.0.0.1", "::1", "localhost", "local"):
            raise AssertionError(f"a test reached for {host}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", only_here)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """A real PostgreSQL server of this test run, on a socket in a temporary folder."""
    with PostgresServer.start(tmp_path_factory.mktemp("postgres")) as server:
        yield server


@pytest.fixture(scope="session")
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where this run's tests keep their tables."""
    if request.config.getoption("--database") == "postgres":
        server: PostgresServer = request.getfixturevalue("postgres")
        return server.new_database()
    return f"sqlite:///{tmp_path_factory.mktemp('database') / 'test.sqlite3'}"


@pytest.fixture(scope="session")
def settings(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(
        database_url=database_url,
        secret_key="tests only: " + "k" * 40,
        password_salt="tests only: " + "s" * 40,
        instance=tmp_path_factory.mktemp("instance"),
        trusted_hosts=("localhost", "127.0.0.1"),
    )


@pytest.fixture(scope="session")
def application(settings: Settings) -> Iterator[Flask]:
    """The application with its tables made."""
    app = create_app(settings)
    app.testing = True
    app.test_client_class = PageCheckingClient
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with app.app_context():
        database.create_all()
    yield app
    with app.app_context():
        database.session.remove()
        database.engine.dispose()


@pytest.fixture
def app(application: Flask) -> Iterator[Flask]:
    """The application with every table empty again afterwards."""
    limiter.enabled = False
    yield application
    with application.app_context():
        database.session.remove()
        tables = reversed(database.metadata.sorted_tables)
        if database.engine.dialect.name == "postgresql":
            names = ", ".join(f'"{table.name}"' for table in tables)
            database.session.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
        else:
            database.session.execute(text("PRAGMA defer_foreign_keys=ON"))
            for table in tables:
                database.session.execute(table.delete())
        database.session.commit()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A database session inside an application context; commit to let the client see."""
    with app.app_context():
        yield database.session()
        database.session.rollback()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
