"""`consult analyse`: group a consultation's answers into themes."""

from pathlib import Path

import click

from consult.cli.context import app_session
from consult.cli.own_encoder import encoder_option, plain_errors
from consult.cli.progress import progress_bar


@click.command()
@click.argument("slug")
@click.option("--queue", is_flag=True, help="Leave the work to a worker.")
@encoder_option
def analyse(slug: str, queue: bool, encoder: Path | None) -> None:
    """Group the answers of the consultation SLUG into themes, here and now."""
    if queue and encoder:
        raise click.UsageError("A worker uses the encoder that CONSULT_ENCODER names.")
    from consult.consultations.queries import consultation_by_slug
    from consult.jobs.services import enqueue
    from consult.themes.queries import ANALYSE

    with app_session() as session:
        consultation_by_slug(session, slug)
        if queue:
            job = enqueue(session, ANALYSE, slug)
            session.commit()
            click.echo(f"Queued as {job.public_id}.")
            return
        from consult.themes.jobs import analyse as run

        with progress_bar() as report, plain_errors():
            run(session, slug, report, encoder)
        session.commit()
        click.echo(f"Analysed {slug}.")
