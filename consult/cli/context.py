"""What commands that need the application share."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy.orm import Session

from consult.kernel.errors import ConsultError


@contextmanager
def app_session() -> Iterator[Session]:
    """A database session in an application context; a domain error ends with status 2.

    The command that uses it commits.
    """
    from consult.app import create_app
    from consult.extensions import db

    app = create_app()
    with app.app_context():
        try:
            yield db.session
        except ConsultError as error:
            db.session.rollback()
            click.echo(f"Error: {error}", err=True)
            raise SystemExit(2) from None
        finally:
            db.session.remove()  # type: ignore[attr-defined]
            db.engine.dispose()
            app.extensions["consult.queue"].storage.close()
