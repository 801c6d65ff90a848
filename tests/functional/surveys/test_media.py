"""Pictures and sounds from an XLSForm to the page and back."""

from pathlib import Path

import pytest
import pyxform.xls2xform
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.surveys.queries import current_version, form_of
from tests.factories.commands import Commands
from tests.factories.journey import START, begin
from tests.factories.pictures import SOUND, picture
from tests.factories.workbooks import workbook

HERE = ("--consultation", "living-together")
SURVEY = [
    ["type", "name", "label::English (en)", "media::audio::English (en)"],
    ["begin_group", "g", "Group"],
    ["select_multiple who", "who", "Who are you?", "who.mp3"],
    ["end_group"],
]
CHOICES = [
    ["list_name", "name", "label::English (en)", "media::image", "media::audio::English (en)"],
    ["who", "new", "I am new here", "new.png", "new.mp3"],
    ["who", "old", "I have always lived here", "old.jpg", None],
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "media"
    made.mkdir()
    (made / "new.png").write_bytes(picture("PNG", (640, 480)))
    (made / "old.jpg").write_bytes(picture("JPEG"))
    (made / "who.mp3").write_bytes(SOUND)
    (made / "new.mp3").write_bytes(SOUND + b"new")
    return made


def write(tmp_path: Path, choices: list[list[object]] = CHOICES) -> Path:
    file = tmp_path / "form.xlsx"
    file.write_bytes(workbook(survey=SURVEY, choices=choices))
    return file


def test_pictures_and_sounds_stand_beside_their_words(
    client: FlaskClient, consult: Commands, session: Session, consultation: Consultation,
    folder: Path, tmp_path: Path,
) -> None:  # fmt: skip
    done = consult("import", "questionnaire", write(tmp_path), *HERE, "--media", folder)
    assert done.exit_code == 0, done.output
    consultation.move_to("open")
    session.commit()
    page = begin(client).text
    version = current_version(session, consultation.id)
    files = {file.name: file.digest for file in version.files}
    assert f'<img class="picture" src="{START}/media/{files["new.png"]}" alt=""' in page
    assert 'width="320" height="240"' in page
    assert page.count('<audio controls preload="none"') == 2
    assert 'aria-label="Listen: Who are you?"' in page
    for digest, mime in ((files["old.jpg"], "image/jpeg"), (files["who.mp3"], "audio/mpeg")):
        reply = client.get(f"{START}/media/{digest}")
        assert (reply.status_code, reply.mimetype) == (200, mime)
    part = client.get(f"{START}/media/{files['who.mp3']}", headers={"Range": "bytes=0-2"})
    assert (part.status_code, part.data) == (206, b"ID3")
    assert client.get(f"{START}/media/{'0' * 64}").status_code == 404


def test_what_is_exported_is_imported_without_a_change(
    consult: Commands, session: Session, consultation: Consultation, folder: Path, tmp_path: Path
) -> None:
    consult("import", "questionnaire", write(tmp_path), *HERE, "--media", folder)
    out, media = tmp_path / "out.xlsx", tmp_path / "out"
    done = consult("export", "questionnaire", *HERE, "--out", out, "--media", media)
    assert done.exit_code == 0, done.output
    assert len(list(media.iterdir())) == 4
    pyxform.xls2xform.xls2xform_convert(str(out), str(tmp_path / "o.xml"), validate=False)
    assert "jr://images/new.png" in (tmp_path / "o.xml").read_text()
    again = consult("import", "questionnaire", out, *HERE, "--media", media)
    assert "Nothing has changed" in again.output
    alone = consult("import", "questionnaire", out, *HERE)
    assert "Nothing has changed" in alone.output


def test_another_picture_under_the_same_name_is_a_change(
    consult: Commands, session: Session, consultation: Consultation, folder: Path, tmp_path: Path
) -> None:
    file = write(tmp_path)
    consult("import", "questionnaire", file, *HERE, "--media", folder)
    before = form_of(current_version(session, consultation.id)).files
    (folder / "old.jpg").write_bytes(picture("JPEG", colour="red"))
    assert "Imported" in consult("import", "questionnaire", file, *HERE, "--media", folder).output
    session.expire_all()
    after = form_of(current_version(session, consultation.id)).files
    assert {name for name in after if after[name] != before[name]} == {"old.jpg"}


def test_a_missing_or_broken_picture_is_named_and_nothing_is_imported(
    consult: Commands, session: Session, consultation: Consultation, folder: Path, tmp_path: Path
) -> None:
    (folder / "new.png").unlink()
    (folder / "old.jpg").write_bytes(b"<svg/>")
    done = consult("import", "questionnaire", write(tmp_path), *HERE, "--media", folder)
    assert done.exit_code == 2
    assert "“new.png” is missing" in done.stderr
    assert "“old.jpg” is no PNG or JPEG picture" in done.stderr
    assert form_of(current_version(session, consultation.id)).form_id == "test"


@pytest.mark.parametrize(
    "name", ["../secret.png", "/etc/passwd.txt", "a\\b.png", ".png", "x" * 130 + ".png"]
)
def test_nothing_outside_the_folder_is_opened(
    consult: Commands, consultation: Consultation, folder: Path, tmp_path: Path, name: str
) -> None:
    choices = [CHOICES[0], ["who", "new", "I am new here", name, None]]
    done = consult("import", "questionnaire", write(tmp_path, choices), *HERE, "--media", folder)
    assert done.exit_code == 2
    assert "choices, row 2, column image" in done.stderr
