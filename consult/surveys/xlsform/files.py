"""The pictures and sounds that an XLSForm names."""

from collections.abc import Iterable
from typing import Protocol

from consult.kernel.messages import N_
from consult.surveys.media import BadMedia, Media, OpenFile, read_picture, read_sound
from consult.surveys.xlsform.form import Form, files_named
from consult.surveys.xlsform.problems import Problems

READERS = {"image": read_picture, "audio": read_sound}


class Stored(Protocol):
    """A file that an earlier version has."""

    name: str
    mime: str
    data: bytes
    width: int
    height: int


def no_file(_name: str) -> bytes | None:
    """Opens nothing: for forms that come alone."""
    return None


def gather_files(form: Form, open_file: OpenFile, earlier: Iterable[Stored]) -> list[Media]:
    """Every picture and sound of the form, new ones first looked at; FormError names the faults."""
    problems, known, found = Problems(), {file.name: file for file in earlier}, []
    for name, kind in sorted(files_named(form).items()):
        data, old = open_file(name), known.get(name)
        if data is None and old is not None:
            found.append(Media(old.name, old.mime, old.data, old.width, old.height))
            continue
        try:
            found.append(READERS[kind](name, _given(name, data)))
        except BadMedia as error:
            sheet = "survey" if _is_asked(form, name) else "choices"
            problems.error(sheet, 0, f"media::{kind}", error.message, **error.params)
    problems.raise_errors()
    return found


def _given(name: str, data: bytes | None) -> bytes:
    if data is None:
        raise BadMedia(
            N_("The file “%(name)s” is missing. Name its folder with “--media”."), name=name
        )
    return data


def _is_asked(form: Form, name: str) -> bool:
    return any(name in question.audio.values() for question in form.questions)
