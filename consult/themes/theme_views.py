"""Screens of themes and their statements."""

from collections.abc import Callable, Sequence

from flask import redirect, request, url_for
from flask_security import current_user
from werkzeug.wrappers import Response

from consult.accounts.models import AuditEntry
from consult.consultations.models import Consultation
from consult.consultations.queries import consultation_in
from consult.extensions import db
from consult.kernel.errors import RuleBroken
from consult.kernel.ids import is_id
from consult.kernel.messages import N_
from consult.themes import services
from consult.themes.forms import (
    ActForm,
    NameForm,
    StatementsForm,
    ThemeChoiceForm,
)
from consult.themes.members import load_shelf
from consult.themes.models import Theme
from consult.themes.queries import (
    Wanted,
    concepts_of,
    latest_run,
    move_targets,
    next_to_review,
    statement_in,
    statements_here,
    theme_card,
    theme_cards,
    theme_in,
    theme_members,
    themes_of,
    waiting_run,
)
from consult.themes.redaction_queries import personal_counts
from consult.themes.statement_views import STATEMENT
from consult.themes.views import back, blueprint, do, page
from consult.web.locale import page_tag

SAVED = N_("Saved.")


@blueprint.get("/desk/<region>/<slug>/themes")
def list_themes(region: str, slug: str) -> str:
    consultation = consultation_in(db.session, region, slug)
    shelf = load_shelf(db.session, consultation.id)
    cards = theme_cards(db.session, consultation.id, shelf, page_tag())
    state = request.args.get("state", "")
    filled = [card for card in cards if card.people or card.theme.origin == "person"]
    groups = {
        "": filled,
        "proposed": [card for card in filled if card.theme.state == "proposed"],
        "new": [card for card in filled if card.theme.origin == "cluster"],
        "accepted": [card for card in cards if card.theme.state == "accepted"],
        "rejected": [card for card in cards if card.theme.state == "rejected"],
    }
    return page(
        "themes", consultation, cards=groups.get(state, []), state=state,
        sizes={key: len(found) for key, found in groups.items()},
        waiting=waiting_run(db.session, consultation.id),
        run=latest_run(db.session, consultation.id), name_form=NameForm(),
        unplaced=len(shelf.unplaced),
        personal=sum(personal_counts(db.session, consultation.id).values()),
    )  # fmt: skip


@blueprint.post("/desk/<region>/<slug>/themes")
def create_theme(region: str, slug: str) -> Response:
    consultation, form = consultation_in(db.session, region, slug), NameForm()
    if form.validate_on_submit():
        do(lambda: services.create_theme(
            db.session, current_user.id, consultation.id, form.name.data, page_tag()))  # fmt: skip
    return redirect(url_for(".list_themes", region=region, slug=slug), 303)


@blueprint.get("/desk/<region>/<slug>/themes/<theme>")
def show_theme(region: str, slug: str, theme: str) -> str:
    """One theme with its statements; the theme `none` holds what has no theme yet."""
    consultation = consultation_in(db.session, region, slug)
    row = None if theme == "none" else _theme(consultation, theme)
    shelf = load_shelf(db.session, consultation.id)
    wanted = Wanted(
        *(request.args.get(name, "")[:100] for name in ("language", "q", "checked", "personal"))
    )
    members = theme_members(
        db.session, shelf, row.id if row else None, wanted, request.args.get("page", 1, int)
    )
    themes = themes_of(db.session, consultation.id)
    card = theme_card(row, shelf, page_tag()) if row else None
    return page(
        "theme", consultation, theme=row, card=card, list=members, wanted=wanted,
        languages=card.languages if card else shelf.unplaced_languages,
        concepts=concepts_of(db.session, row) if row else (),
        names={one.id: one for one in themes}, targets=move_targets(themes),
        following=next_to_review(themes, shelf, row),
        kept={"language": wanted.language or None, "q": wanted.text or None,
              "checked": wanted.checked or None, "personal": wanted.personal or None},
        personal=personal_counts(db.session, consultation.id).get("offered", 0),
        done=undoable(consultation, request.args.get("done", 0, int)),
    )  # fmt: skip


@blueprint.post("/desk/<region>/<slug>/themes/<theme>/rename")
def rename_theme(region: str, slug: str, theme: str) -> Response:
    form = NameForm()
    return _act_on_theme(region, slug, theme, form, lambda row: services.rename_theme(
        db.session, current_user.id, row, form.name.data, page_tag()))  # fmt: skip


@blueprint.post("/desk/<region>/<slug>/themes/<theme>/accept")
def accept_theme(region: str, slug: str, theme: str) -> Response:
    return _act_on_theme(region, slug, theme, ActForm(), lambda row: services.accept_theme(
        db.session, current_user.id, row))  # fmt: skip


@blueprint.post("/desk/<region>/<slug>/themes/<theme>/reject")
def reject_theme(region: str, slug: str, theme: str) -> Response:
    return _act_on_theme(region, slug, theme, ActForm(), lambda row: services.reject_theme(
        db.session, current_user.id, row))  # fmt: skip


@blueprint.post("/desk/<region>/<slug>/themes/<theme>/merge")
def merge_theme(region: str, slug: str, theme: str) -> Response:
    consultation, form = consultation_in(db.session, region, slug), ThemeChoiceForm()
    return _act_on_theme(region, slug, theme, form, lambda row: services.merge_theme(
        db.session, current_user.id, row, _theme(consultation, form.target.data)))  # fmt: skip


@blueprint.post("/desk/<region>/<slug>/themes/<theme>/statements")
def move_statements(region: str, slug: str, theme: str) -> Response:
    """Say of the ticked statements that they belong here, do not, or belong elsewhere."""
    consultation, form = consultation_in(db.session, region, slug), StatementsForm()
    here = None if theme == "none" else _theme(consultation, theme)
    entry = None
    if form.validate_on_submit():
        rows = statements_here(db.session, consultation.id, form.statement.data)
        entry = do(
            lambda: services.move_statements(
                db.session, current_user.id, rows, *_ends(consultation, form, here)
            ),
            SAVED,
        )
    return back(region, slug, theme, entry.id if entry else None)


@blueprint.post(f"{STATEMENT}/quote")
def approve_quote(region: str, slug: str, statement: int) -> Response:
    consultation = consultation_in(db.session, region, slug)
    if ActForm().validate_on_submit():
        row = statement_in(db.session, consultation.id, statement)
        act = services.withdraw_quote if "withdraw" in request.form else services.approve_quote
        do(lambda: act(db.session, current_user.id, row))
    return back(region, slug, request.args.get("theme", ""))


def _act_on_theme(
    region: str, slug: str, theme: str, form: ActForm, act: Callable[[Theme], AuditEntry]
) -> Response:
    """Act, then show the theme; from the list of themes, the list again."""
    row, entry = _theme(consultation_in(db.session, region, slug), theme), None
    if form.validate_on_submit():
        entry = do(lambda: act(row), SAVED)
    if "list" in request.args:
        state = request.args["list"] or None
        return redirect(url_for(".list_themes", region=region, slug=slug, state=state), 303)
    return back(region, slug, row.id, entry.id if entry else None)


def _ends(
    consultation: Consultation, form: StatementsForm, here: Theme | None
) -> tuple[Theme | None, Theme | None]:
    """The themes that statements leave and enter."""
    if form.act.data == "belongs":
        return None, here
    if form.act.data == "out":
        return here, None
    if (form.typed.data or "").strip():
        themes = move_targets(themes_of(db.session, consultation.id))
        return here, _typed(themes, form.typed.data)
    if form.target.data is None:
        raise RuleBroken(N_("Choose a theme to move the statements to."))
    return here, _theme(consultation, form.target.data)


def _typed(themes: Sequence[Theme], text: str) -> Theme:
    """The theme whose code begins `text`, or the only one with it in its name."""
    sought = text.strip().casefold()
    by_code = {theme.code.casefold(): theme for theme in themes}
    if (code := sought.split()[0]) in by_code:
        return by_code[code]
    names = {theme: str(theme.name.best(page_tag())).casefold() for theme in themes}
    found = [theme for theme, name in names.items() if name == sought]
    found = found or [theme for theme, name in names.items() if sought in name]
    if len(found) != 1:
        raise RuleBroken(
            N_("No theme, or more than one, is called “%(text)s”. Please type its code."),
            text=text.strip(),
        )
    return found[0]


def _theme(consultation: Consultation, key: object) -> Theme:
    number = str(key)
    return theme_in(db.session, consultation.id, int(number) if is_id(number) else 0)


def undoable(consultation: Consultation, entry_id: int) -> AuditEntry | None:
    """The act just done, while it can be undone."""
    entry = db.session.get(AuditEntry, entry_id) if 0 < entry_id < 2**31 else None
    mine = entry is not None and entry.consultation_id == consultation.id
    is_open = mine and entry.undone_by_id is None  # type: ignore[union-attr]
    return entry if is_open else None
