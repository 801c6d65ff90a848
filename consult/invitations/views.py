"""Screens of the ways in: one page for the desk, and what it hands out."""

from flask import Blueprint, abort, make_response, redirect, render_template, session, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from consult.consultations.models import Consultation
from consult.consultations.queries import consultation_in
from consult.extensions import db
from consult.invitations.forms import HelpForm
from consult.invitations.paper import paper_sections
from consult.invitations.poster import poster
from consult.kernel.clock import today
from consult.kernel.qr import qr_png, qr_svg, qr_svg_file
from consult.responses.modes import start_helping
from consult.surveys.queries import current_version
from consult.web.locale import page_tag, participant_languages, speaking

blueprint = Blueprint(
    "invitations", __name__, template_folder="templates", url_prefix="/desk/<region>/<slug>/invite"
)
CODES = {"svg": ("image/svg+xml", qr_svg_file), "png": ("image/png", qr_png)}
ANY = "any"  # every language: the phone's own is asked for


@blueprint.get("")
def show(region: str, slug: str) -> str:
    consultation = consultation_in(db.session, region, slug)
    return render_template(
        "invitations/invite.html", consultation=consultation, region=consultation.region,
        languages=_languages(consultation), link=_link(consultation, ANY), any=ANY,
        code=qr_svg(_link(consultation, ANY)), form=HelpForm(formdata=None),
        is_open=consultation.accepts_answers(today()),
        helping=session.get("helping", {}).get(slug, ""),
    )  # fmt: skip


@blueprint.get("/code/<language>.<extension>")
def download_code(region: str, slug: str, language: str, extension: str) -> Response:
    consultation = consultation_in(db.session, region, slug)
    _check(consultation, language)
    if extension not in CODES:
        abort(404)
    mimetype, draw = CODES[extension]
    return _file(draw(_link(consultation, language)), mimetype, f"{slug}-{language}.{extension}")


@blueprint.get("/poster/<language>.pdf")
def download_poster(region: str, slug: str, language: str) -> Response:
    consultation = consultation_in(db.session, region, slug)
    _check(consultation, language)
    languages = _languages(consultation) if language == ANY else [language]
    made = poster(consultation, languages, _link(consultation, language))
    return _file(made, "application/pdf", f"{slug}-poster-{language}.pdf")


@blueprint.get("/paper/<language>")
def show_paper(region: str, slug: str, language: str) -> str:
    consultation = consultation_in(db.session, region, slug)
    _check(consultation, language if language != ANY else "")
    version = current_version(db.session, consultation.id)
    staff, back = page_tag(), gettext("Back to “Invite people”")
    hint = gettext("Print this page from your browser. Answers from paper are typed in afterwards.")
    with speaking(language):
        return render_template(
            "invitations/paper.html", consultation=consultation, version=version,
            sections=paper_sections(version), default=version.default_language,
            staff=staff, back=back, hint=hint,
        )  # fmt: skip


@blueprint.post("/help")
def help_people(region: str, slug: str) -> Response:
    consultation = consultation_in(db.session, region, slug)
    form = HelpForm()
    if not form.validate_on_submit():
        return redirect(url_for(".show", region=region, slug=slug), 303)
    start_helping(consultation, form.channel.data)
    session.pop("kiosk", None)
    if not form.channel.data:
        return redirect(url_for(".show", region=region, slug=slug), 303)
    return redirect(url_for("responses.start", slug=slug), 303)


def _languages(consultation: Consultation) -> list[str]:
    """Those a participant can choose here, the default one first."""
    default = consultation.default_language
    return sorted(participant_languages(consultation.languages), key=lambda tag: tag != default)


def _check(consultation: Consultation, language: str) -> None:
    if language != ANY and language not in _languages(consultation):
        abort(404)


def _link(consultation: Consultation, language: str) -> str:
    lang = None if language == ANY else language
    return url_for("responses.start", slug=consultation.slug, lang=lang, _external=True)


def _file(content: bytes, mimetype: str, name: str) -> Response:
    reply = make_response(content)
    reply.mimetype = mimetype
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return reply
