"""`consult users`: accounts of staff."""

import click
from sqlalchemy import select

from consult.cli.context import app_session

MINIMUM = 10


@click.group()
def users() -> None:
    """Accounts of people who work for a region."""


@users.command()
@click.argument("email")
@click.option("--name", required=True)
@click.option("--region", help="Slug of the region the person works in.")
@click.option(
    "--role",
    type=click.Choice(["viewer", "translator", "facilitator", "admin", "coordinator"]),
    required=True,
)
@click.password_option(help=f"At least {MINIMUM} characters; asked for when not given.")
def create(email: str, name: str, region: str | None, role: str, password: str) -> None:
    """Create an account with a role in a region (or coordinator, across regions)."""
    from consult.accounts.services import create_staff, grant_role, make_coordinator
    from consult.regions.models import Region

    if len(password) < MINIMUM:
        raise click.UsageError(f"A password has at least {MINIMUM} characters.")
    with app_session() as session:
        found = session.scalar(select(Region).where(Region.slug == region))
        if role != "coordinator" and found is None:
            raise click.UsageError(f"There is no region “{region}”.")
        staff = create_staff(session, email, name, password)
        if found and role != "coordinator":
            grant_role(session, staff, found.id, role)
        else:
            make_coordinator(session, staff)
        session.commit()
    click.echo(f"Created {email} as {role}.")
