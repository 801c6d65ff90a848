"""The screen on which machine translations are looked at, ordered and followed."""

from flask import redirect, request, url_for
from flask_security import current_user
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from consult.consultations.models import Consultation
from consult.consultations.queries import consultation_in
from consult.extensions import current_settings, db
from consult.kernel.errors import RuleBroken
from consult.kernel.languages import own_name
from consult.kernel.messages import N_
from consult.themes import orders
from consult.themes.forms import IntoForm, OrderForm
from consult.themes.orders import Offer, Waiting
from consult.themes.views import blueprint, do, page
from consult.translators.base import Translator, TranslatorFailed
from consult.translators.choice import QUICK, choose_translator
from consult.web.locale import page_tag

ORDERED = N_("Ordered. The translations come in the background.")


@blueprint.get("/desk/<region>/<slug>/machine")
def show_machine(region: str, slug: str) -> str:
    consultation = consultation_in(db.session, region, slug)
    into = _into(consultation)
    translator = choose_translator(current_settings().translator, QUICK)
    waiting = orders.waiting_answers(db.session, consultation.id, into.target.data)
    offer, failure = _offer(translator, waiting, into.target.data)
    order, job = orders.latest_order_job(db.session, consultation)
    return page(
        "machine", consultation, into=into, target=into.target.data, offer=offer, failure=failure,
        translator=translator, waiting=len(waiting), order=order, job=job,
        orders=orders.orders_of(db.session, consultation.id),
    )  # fmt: skip


@blueprint.post("/desk/<region>/<slug>/machine")
def order_translation(region: str, slug: str) -> Response:
    consultation, form = consultation_in(db.session, region, slug), OrderForm()
    if form.validate_on_submit():
        do(lambda: _order(consultation, form), ORDERED)
    address = url_for(".show_machine", region=region, slug=slug, target=form.target.data)
    return redirect(address, 303)


def _order(consultation: Consultation, form: OrderForm) -> object:
    """Order what the form showed: no other service, and no answer that came since."""
    translator = choose_translator(current_settings().translator, QUICK)
    if translator is None or translator.name != form.service.data:
        raise RuleBroken(N_("The translation service was changed. Please look at this again."))
    if translator.host and not form.agreed.data:
        raise RuleBroken(N_("Please confirm that the answers may be sent to this service."))
    target = form.target.data
    waiting = orders.waiting_answers(db.session, consultation.id, target, form.last_answer.data)
    limit = current_settings().translator.limit
    offer = orders.offer_of(waiting, translator, target, limit, form.language.data)
    return orders.order_translation(db.session, current_user, consultation, offer)


def _offer(
    translator: Translator | None, waiting: list[Waiting], target: str
) -> tuple[Offer | None, TranslatorFailed | None]:
    """What would be sent, or why the service cannot be asked."""
    if translator is None:
        return None, None
    try:
        limit = current_settings().translator.limit
        return orders.offer_of(waiting, translator, target, limit), None
    except TranslatorFailed as failure:
        return None, failure


def _into(consultation: Consultation) -> IntoForm:
    """The language to translate into: English, which the analysis reads, if nobody chose."""
    tags = dict.fromkeys(["en", page_tag(), *consultation.languages])
    form = IntoForm(request.args)
    form.target.choices = [SelectChoice(tag, own_name(tag)) for tag in tags]
    if form.target.data not in tags:
        form.target.data = "en"
    return form
