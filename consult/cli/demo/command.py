"""`consult demo`: migrate and load the invented region once."""

import os
import time

import click

from consult.cli.context import app_session

REGION = "valdora"
PASSWORD = "valdora-demo"  # noqa: S105 - a public demo account, refused in production
STAFF = (
    ("facilitator@valdora.example", "Facilitator (demo)", "facilitator"),
    ("officer@valdora.example", "Officer (demo)", "admin"),
)
OPEN, CLOSED = "living-together", "everyday-life"


@click.command()
def demo() -> None:
    """Load an invented region with two consultations; does nothing when it is there."""
    if os.environ.get("CONSULT_ENV") == "production":
        raise click.UsageError("The demo has a public password: it is not for production.")
    with app_session() as session:
        from flask_migrate import upgrade
        from sqlalchemy import select

        from consult.regions.models import Region

        upgrade()
        if session.scalar(select(Region.id).where(Region.slug == REGION)):
            return
        from consult.cli.demo.load import load_demo

        click.echo("Loading the demo (once, about a minute) ...")
        begun = time.monotonic()
        load_demo(session, lambda text: click.echo(f"  {text}"))
        session.commit()
        click.echo(f"  done in {time.monotonic() - begun:.0f} s")


def describe_demo(address: str) -> list[str]:
    """Lines that tell where the demo is and how to sign in; none when it is not loaded."""
    from sqlalchemy import select

    from consult.regions.models import Region

    with app_session() as session:
        if not session.scalar(select(Region.id).where(Region.slug == REGION)):
            return []
    return [
        f"participant  {address}/s/{OPEN}",
        f"in Arabic    {address}/s/{OPEN}?lang=ar",
        f"desk         {address}/desk/{REGION}",
        f"report       {address}/desk/{REGION}/{CLOSED}/reports",
        *(f"sign-in      {email}  {PASSWORD}  ({role})" for email, _, role in STAFF),
    ]
