"""Screens of the parts of a strategy: objectives, actions, indicators."""

from typing import Any

from flask import g
from flask_security import current_user

from consult.extensions import db
from consult.kernel.messages import N_
from consult.strategy import forms, services
from consult.strategy.models import Action, Objective
from consult.strategy.queries import (
    accepted_themes,
    action_in,
    indicator_in,
    objective_in,
    quotes_by_theme,
    standing,
)
from consult.strategy.views import (
    BOTH,
    HOME,
    ID,
    Act,
    Page,
    blueprint,
    do,
    form_page,
    load_strategy,
)
from consult.web.text import localized


@blueprint.route(f"{HOME}/objectives", methods=BOTH)
def create_objective(region: str, slug: str) -> Page:
    strategy = load_strategy(region, slug)
    form = _with_themes(forms.ObjectiveForm())
    return form_page(form, N_("New objective"), lambda: services.create_objective(
        db.session, current_user.id, strategy, form.values()))  # fmt: skip


@blueprint.route(f"{HOME}/objectives/{ID % 'objective'}", methods=BOTH)
def edit_objective(region: str, slug: str, objective: int) -> Page:
    row = objective_in(load_strategy(region, slug), objective)
    form = _with_themes(forms.ObjectiveForm(obj=row, data={"theme_ids": _theme_ids(row)}))
    return form_page(form, N_("Edit the objective"), lambda: services.edit_objective(
        db.session, current_user.id, row, form.values()), anchor=f"o{row.id}")  # fmt: skip


@blueprint.post(f"{HOME}/objectives/{ID % 'objective'}/delete")
def delete_objective(region: str, slug: str, objective: int) -> Page:
    row = objective_in(load_strategy(region, slug), objective)
    return do(lambda: services.delete_objective(db.session, current_user.id, row))


@blueprint.route(f"{HOME}/objectives/{ID % 'objective'}/actions", methods=BOTH)
def create_action(region: str, slug: str, objective: int) -> Page:
    row = objective_in(load_strategy(region, slug), objective)
    form = _with_themes(forms.ActionForm(data={"theme_ids": _theme_ids(row)}))
    return _action_page(form, N_("New action"), row, lambda: services.create_action(
        db.session, current_user.id, row, form.values()))  # fmt: skip


@blueprint.route(f"{HOME}/actions/{ID % 'action'}", methods=BOTH)
def edit_action(region: str, slug: str, action: int) -> Page:
    row = action_in(load_strategy(region, slug), action)
    linked = {"theme_ids": _theme_ids(row), "quote_ids": [quote.id for quote in row.quotes]}
    form = _with_themes(forms.ActionForm(obj=row, data=linked))
    return _action_page(form, N_("Edit the action"), row.objective, lambda: services.edit_action(
        db.session, current_user.id, row, form.values()))  # fmt: skip


@blueprint.post(f"{HOME}/actions/{ID % 'action'}/delete")
def delete_action(region: str, slug: str, action: int) -> Page:
    row = action_in(load_strategy(region, slug), action)
    anchor = f"o{row.objective.id}"
    return do(lambda: services.delete_action(db.session, current_user.id, row), anchor=anchor)


@blueprint.route(f"{HOME}/actions/{ID % 'action'}/indicators", methods=BOTH)
def create_indicator(region: str, slug: str, action: int) -> Page:
    row, form = action_in(load_strategy(region, slug), action), forms.IndicatorForm()
    return form_page(form, N_("New indicator"), lambda: services.create_indicator(
        db.session, current_user.id, row, form.values()),
        about=row.title, anchor=f"a{row.id}")  # fmt: skip


@blueprint.route(f"{HOME}/indicators/{ID % 'indicator'}", methods=BOTH)
def edit_indicator(region: str, slug: str, indicator: int) -> Page:
    row = indicator_in(load_strategy(region, slug), indicator)
    form = forms.IndicatorForm(obj=row)
    return form_page(form, N_("Edit the indicator"), lambda: services.edit_indicator(
        db.session, current_user.id, row, form.values()),
        about=row.action.title, anchor=f"a{row.action_id}")  # fmt: skip


@blueprint.post(f"{HOME}/indicators/{ID % 'indicator'}/delete")
def delete_indicator(region: str, slug: str, indicator: int) -> Page:
    row = indicator_in(load_strategy(region, slug), indicator)
    anchor = f"a{row.action_id}"
    return do(lambda: services.delete_indicator(db.session, current_user.id, row), anchor=anchor)


def _action_page(form: Any, title: str, objective: Objective, act: Act) -> Page:
    """The form of an action, its quotes grouped by theme, those of the objective open."""
    themes = [one.theme for one in accepted_themes(db.session, g.consultation.id)]
    groups = quotes_by_theme(db.session, g.consultation.id, themes)
    form.quote_ids.choices = forms.choices(
        {quote.id: quote.id for _, quotes in groups for quote in quotes}
    )
    boxes = {box.data: box for box in form.quote_ids}
    wanted = set(_theme_ids(objective))
    quotes = [
        (theme, [(boxes[one.id], one) for one in found],
         bool(theme and theme.id in wanted) or any(boxes[one.id].checked for one in found))
        for theme, found in groups
    ]  # fmt: skip
    return form_page(form, title, act, template="action", about=objective.title,
                      anchor=f"o{objective.id}", quotes=quotes)  # fmt: skip


def _with_themes(form: Any) -> Any:
    """Offer the accepted themes as boxes to tick."""
    themes = accepted_themes(db.session, g.consultation.id)
    form.theme_ids.choices = forms.choices(
        {one.theme.id: localized(one.theme.name) for one in themes}
    )
    return form


def _theme_ids(row: Objective | Action) -> list[int]:
    return [standing(theme).id for theme in row.themes]
