"""The screen of one statement: its words, where it stands, its translations."""

from flask import redirect, request, url_for
from flask_security import current_user
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from consult.accounts.models import AuditEntry
from consult.consultations.models import Consultation
from consult.consultations.queries import consultation_in
from consult.extensions import db
from consult.kernel.languages import own_name
from consult.themes import translations
from consult.themes.forms import TranslationForm
from consult.themes.members import load_shelf
from consult.themes.models import Statement
from consult.themes.queries import statement_in, themes_of
from consult.themes.views import back, blueprint, do, page
from consult.web.locale import page_languages, page_tag

STATEMENT = "/desk/<region>/<slug>/statements/<int(max=2147483647):statement>"


@blueprint.get(STATEMENT)
def show_statement(region: str, slug: str, statement: int) -> str:
    consultation = consultation_in(db.session, region, slug)
    return _page(consultation, statement_in(db.session, consultation.id, statement))


@blueprint.post(f"{STATEMENT}/translation")
def translate_statement(region: str, slug: str, statement: int) -> str | Response:
    """Save, review or remove a translation; from a list of statements, back to the list."""
    consultation = consultation_in(db.session, region, slug)
    row = statement_in(db.session, consultation.id, statement)
    form = TranslationForm(language=page_tag())
    form.language.choices = _languages(consultation, row)
    entry = None
    if "remove" in request.form:
        entry = do(lambda: translations.remove_translation(
            db.session, current_user, row, request.form.get("language", "")))  # fmt: skip
    elif form.validate_on_submit():
        entry = do(lambda: _translate(row, form))
    if entry is None and "theme" not in request.args:
        return _page(consultation, row, form)  # what was typed is still there
    if "theme" in request.args:
        return back(region, slug, request.args["theme"])
    address = url_for(".show_statement", region=region, slug=slug, statement=statement)
    return redirect(address, 303)


def _translate(row: Statement, form: TranslationForm) -> AuditEntry:
    return translations.translate_statement(
        db.session, current_user, row, form.text.data, form.language.data, form.state.data
    )


def _page(consultation: Consultation, row: Statement, form: TranslationForm | None = None) -> str:
    languages = _languages(consultation, row)
    translated = {one.language for one in row.answer.translations}
    missing = [choice for choice in languages if choice.value not in translated]
    if form is None:
        form = TranslationForm(formdata=None, language=missing[0].value if missing else "")
    form.language.choices = missing if not form.is_submitted() else languages
    shelf = load_shelf(db.session, consultation.id)
    return page(
        "one_statement", consultation, statement=row, translation_form=form, missing=missing,
        names={theme.id: theme for theme in themes_of(db.session, consultation.id)},
        places=shelf.places.get(row.id, []), checked=shelf.checked,
    )  # fmt: skip


def _languages(consultation: Consultation, row: Statement) -> list[SelectChoice]:
    """What an answer can be translated into: the reader's language, English, then the rest."""
    tags = dict.fromkeys([page_tag(), "en", *consultation.languages, *page_languages()])
    return [SelectChoice(tag, own_name(tag)) for tag in tags if tag != row.language]
