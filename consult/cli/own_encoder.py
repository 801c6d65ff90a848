"""What commands share that may use an operator's own sentence encoder."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from consult.cli.progress import progress_bar
from consult.config import ENCODER_CACHE, instance_folder

if TYPE_CHECKING:
    from consult.analysis.encoder import Encoder

encoder_option = click.option(
    "--encoder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of a multilingual sentence model of your own (docs/encoders.md).",
)


def open_encoder(folder: Path | None) -> "Encoder | None":
    """The encoder in `folder`, ready to use; None is the shipped table alone."""
    if folder is None:
        return None
    from consult.analysis.own.blend import own_encoder

    encoder = own_encoder(folder, cache_folder())
    with progress_bar() as progress:
        return encoder.fit(progress)


def cache_folder() -> Path:
    """The same that the worker uses, so that the shipped sentences are read once."""
    return instance_folder(os.environ) / ENCODER_CACHE


@contextmanager
def plain_errors() -> Iterator[None]:
    """An encoder that cannot be used ends the command with its reason."""
    from consult.analysis.own.folder import EncoderUnusable

    try:
        yield
    except EncoderUnusable as error:
        raise click.ClickException(str(error)) from None
