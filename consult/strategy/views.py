"""Screens of the strategy."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import format_currency, get_locale, gettext, ngettext
from flask_security import current_user
from markupsafe import Markup
from werkzeug.wrappers import Response

from consult.consultations.models import Consultation
from consult.consultations.queries import consultation_in
from consult.extensions import db
from consult.kernel.errors import ConsultError, NotFound
from consult.kernel.localized import LocalizedText
from consult.kernel.messages import N_
from consult.strategy import forms, services
from consult.strategy.checks import RULES, Finding, find_missing
from consult.strategy.models import Action, Objective, Strategy
from consult.strategy.queries import (
    SizedTheme,
    accepted_themes,
    approved_quotes,
    strategy_of,
)
from consult.web.errors import error_text
from consult.web.text import localized

blueprint = Blueprint("strategy", __name__, template_folder="templates")
HOME = "/desk/<region>/<slug>/strategy"
ID = "<int(max=2147483647):%s>"
BOTH = ["GET", "POST"]
Page = str | Response | tuple[str, int]
Act = Callable[[], object]


@blueprint.get(HOME)
def show(region: str, slug: str) -> Page:
    return _overview(consultation_in(db.session, region, slug))


@blueprint.route(f"{HOME}/new", methods=BOTH)
def create(region: str, slug: str) -> Page:
    g.consultation = consultation_in(db.session, region, slug)
    if request.method == "GET" and strategy_of(db.session, g.consultation.id):
        return redirect(home(), 303)
    form = forms.StrategyForm()
    return form_page(form, N_("Begin the strategy"), lambda: services.create_strategy(
        db.session, current_user.id, g.consultation, form.values()))  # fmt: skip


@blueprint.route(f"{HOME}/edit", methods=BOTH)
def edit(region: str, slug: str) -> Page:
    strategy = load_strategy(region, slug)
    form = forms.StrategyForm(obj=strategy)
    return form_page(form, N_("Title, vision and period"), lambda: services.edit_strategy(
        db.session, current_user.id, strategy, form.values()))  # fmt: skip


@blueprint.post(f"{HOME}/draft")
def draft_objectives(region: str, slug: str) -> Page:
    strategy, made = load_strategy(region, slug), []
    return do(
        lambda: made.extend(services.draft_objectives(db.session, current_user.id, strategy)),
        lambda: ngettext("%(num)s objective was added.", "%(num)s objectives were added.",
                         len(made)) if made
        else gettext("Every accepted theme has an objective already, or is decided otherwise."),
    )  # fmt: skip


@blueprint.post(f"{HOME}/themes/{ID % 'theme'}")
def decide_theme(region: str, slug: str, theme: int) -> Page:
    """On an error the overview comes back with what was written still in its form."""
    strategy, form = load_strategy(region, slug), forms.DecisionForm()
    fault = _try(form, lambda: services.decide_theme(
        db.session, current_user.id, strategy, theme, form.verdict.data,
        form.reason.data))  # fmt: skip
    if fault is None:
        return redirect(home(f"t{theme}"), 303)
    return _overview(g.consultation, {theme: (form, fault)}), 400


@blueprint.route(f"{HOME}/adopt", methods=BOTH)
def adopt(region: str, slug: str) -> Page:
    strategy, form = load_strategy(region, slug), forms.AdoptForm()
    themes = accepted_themes(db.session, g.consultation.id)
    missing = _missing(strategy, themes)
    return form_page(form, N_("Adopt the strategy"), lambda: services.adopt(
        db.session, current_user.id, strategy, form.body.data, form.act.data, form.day.data),
        template="adopt", about=strategy.title, missing=missing)  # fmt: skip


def _overview(consultation: Consultation, failed: dict[int, tuple[Any, str]] | None = None) -> str:
    """The whole strategy; `failed` holds forms of decisions to be shown as they were sent."""
    g.consultation = consultation
    strategy = strategy_of(db.session, consultation.id)
    themes = accepted_themes(db.session, consultation.id)
    return page(
        "show", strategy=strategy, themes=themes,
        sizes={one.theme.id: one.people for one in themes},
        missing=_missing(strategy, themes) if strategy else [],
        decided={d.theme_id: d for d in strategy.decisions} if strategy else {},
        approved={quote.id for quote in approved_quotes(db.session, consultation.id)},
        form=forms.ActForm(formdata=None), failed=failed or {},
    )  # fmt: skip


def form_page(
    form: Any, title: str, act: Act, template: str = "form", anchor: str = "", **values: Any
) -> Page:
    """A form on a page of its own; once it is good, act and go home, else show it as it was."""
    fault = ""
    if request.method == "POST":
        found = _try(form, act)
        if found is None:
            flash(gettext("Saved."))
            return redirect(home(anchor), 303)
        fault = found
    elif "strategy" in g and g.strategy.state == "adopted":
        flash(gettext("The strategy is adopted. It can be read, but not changed any more."))
        return redirect(home(), 303)
    shown = page(template, form=form, title=gettext(title), fault=fault, **values)
    return shown, 400 if request.method == "POST" else 200


def do(act: Act, done: Callable[[], str] | None = None, anchor: str = "") -> Page:
    """Do what a button says and go home."""
    fault = _try(forms.ActForm(), act)
    if fault is None:
        flash(done() if done else gettext("Saved."))
    elif fault:
        flash(fault, "error")
    return redirect(home(anchor), 303)


def _try(form: Any, act: Act) -> str | None:
    """Validate, act, commit: None when done, else a rule's sentence or, for the form's own, ""."""
    if not form.validate_on_submit():
        return ""
    try:
        act()
        db.session.commit()
        return None
    except ConsultError as error:
        db.session.rollback()
        return error_text(error)


def page(name: str, **values: Any) -> str:
    consultation = g.consultation
    return render_template(f"strategy/{name}.html", consultation=consultation,
                           region=consultation.region, **values)  # fmt: skip


def home(anchor: str = "") -> str:
    consultation = g.consultation
    return url_for(".show", region=consultation.region.slug, slug=consultation.slug,
                   _anchor=anchor or None)  # fmt: skip


def load_strategy(region: str, slug: str) -> Strategy:
    """The strategy of the address; the consultation is kept for the page."""
    g.consultation = consultation_in(db.session, region, slug)
    strategy = strategy_of(db.session, g.consultation.id)
    if strategy is None:
        raise NotFound(N_("The strategy of this consultation is not begun yet."))
    g.strategy = strategy
    return strategy


def _missing(strategy: Strategy, themes: Sequence[SizedTheme]) -> list[Finding]:
    return find_missing(strategy, themes, g.consultation.region.public_threshold)


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {
        "euros": _euros, "sentence": _sentence, "mend": _mend, "rules": RULES,
        "value_names": forms.VALUE_NAMES, "funding_names": forms.FUNDING_NAMES,
        "verdict_names": forms.VERDICT_NAMES,
    }  # fmt: skip


def _euros(amount: int) -> str:
    """Whole euros in the way of the page's language."""
    pattern = get_locale().currency_formats["standard"].pattern.replace("0.00", "0")
    return str(format_currency(amount, "EUR", format=pattern, currency_digits=False))


def _sentence(finding: Finding) -> Markup:
    """A finding in the reader's language; names of themes carry their own."""
    params = {
        name: localized(value) if isinstance(value, LocalizedText) else value
        for name, value in finding.params.items()
    }
    return Markup.escape(gettext(finding.message)) % params


def _mend(finding: Finding) -> str:
    """The address where a finding can be mended; empty where any of several could do."""
    about, at = finding.subject, {"region": g.consultation.region.slug, "slug": g.consultation.slug}
    if isinstance(about, Strategy):
        return url_for(".edit", **at)
    if isinstance(about, Objective):
        return url_for(".edit_objective", objective=about.id, **at)
    if isinstance(about, Action):
        page = ".create_indicator" if finding.rule == "indicator" else ".edit_action"
        return url_for(page, action=about.id, **at)
    return f"#t{about.id}" if about else ""
