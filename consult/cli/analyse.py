"""`consult analyse`: group a consultation's answers into themes."""

import click

from consult.cli.context import app_session


@click.command()
@click.argument("slug")
@click.option("--queue", is_flag=True, help="Leave the work to a worker.")
def analyse(slug: str, queue: bool) -> None:
    """Group the answers of the consultation SLUG into themes, here and now."""
    from consult.consultations.queries import public_consultation
    from consult.jobs.services import enqueue

    with app_session() as session:
        public_consultation(session, slug)
        if queue:
            job = enqueue(session, "themes.refresh", slug)
            session.commit()
            click.echo(f"Queued as {job.public_id}.")
            return
        from consult.themes.jobs import refresh

        with click.progressbar(
            length=100, label="Analysing", file=click.get_text_stream("stderr")
        ) as bar:

            def report(fraction: float, message: str) -> None:
                bar.label = message
                bar.update(int(100 * fraction) - bar.pos)

            refresh(session, slug, report)
        session.commit()
        click.echo(f"Analysed {slug}.")
