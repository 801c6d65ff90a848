"""Screens and files of reports."""

from pathlib import Path

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    url_for,
)
from flask_babel import format_date, format_decimal, format_percent, gettext
from flask_security import current_user
from markupsafe import Markup
from werkzeug.wrappers import Response as Reply

from consult.consultations.models import Consultation
from consult.consultations.queries import consultation_in, public_consultation
from consult.extensions import db
from consult.kernel.errors import RuleBroken
from consult.kernel.languages import own_name
from consult.reports.document import Document, Writer
from consult.reports.forms import ReleaseForm
from consult.reports.gather import gather_summary
from consult.reports.public import build_results
from consult.reports.queries import quotable, release_checks, release_of
from consult.reports.render.csv import render_csv
from consult.reports.render.docx import render_docx
from consult.reports.services import KINDS, release_report
from consult.reports.strategy import build_strategy
from consult.reports.summary import build_summary
from consult.strategy.queries import strategy_of
from consult.web.errors import error_text
from consult.web.locale import page_tag

blueprint = Blueprint("reports", __name__, template_folder="templates")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS = {"html": "text/html", "docx": WORD, "csv": "text/csv"}


@blueprint.get("/s/<slug>/results")
def results(slug: str) -> str:
    consultation = public_consultation(db.session, slug)
    g.page_languages, g.default_language = consultation.languages, consultation.default_language
    release = release_of(db.session, consultation.id, "summary")
    document = None
    if release and consultation.has_results:
        quotes = quotable(db.session, consultation.id, page_tag(), gettext)
        document = build_results(release.content, quotes, _writer())
    return render_template("reports/results.html", consultation=consultation, document=document)


@blueprint.get("/desk/<region>/<slug>/reports")
def index(region: str, slug: str) -> str:
    consultation = consultation_in(db.session, region, slug)
    kinds = [
        (
            kind,
            release_checks(db.session, consultation, kind),
            release_of(db.session, consultation.id, kind),
        )
        for kind in KINDS
    ]
    return render_template(
        "reports/index.html", consultation=consultation, region=consultation.region, kinds=kinds,
        has_strategy=strategy_of(db.session, consultation.id) is not None, form=ReleaseForm(),
    )  # fmt: skip


@blueprint.get("/desk/<region>/<slug>/reports/<kind>")
def preview(region: str, slug: str, kind: str) -> str:
    consultation = consultation_in(db.session, region, slug)
    threshold = consultation.region.internal_threshold
    content = gather_summary(db.session, consultation, threshold)
    document = _document(consultation, kind, content)
    return render_template(
        "reports/preview.html", consultation=consultation, region=consultation.region,
        document=document, kind=kind,
    )  # fmt: skip


@blueprint.post("/desk/<region>/<slug>/reports/<kind>")
def release(region: str, slug: str, kind: str) -> Reply:
    consultation = consultation_in(db.session, region, slug)
    if ReleaseForm().validate_on_submit():
        try:
            release_report(db.session, consultation, kind, current_user.id)
            db.session.commit()
            flash(gettext("The report is released. Everyone with its address can read it now."))
        except RuleBroken as error:
            db.session.rollback()
            flash(error_text(error), "error")
    return redirect(url_for(".index", region=region, slug=slug), 303)


@blueprint.get("/desk/<region>/<slug>/reports/<kind>.<extension>")
def download(region: str, slug: str, kind: str, extension: str) -> Response:
    consultation = consultation_in(db.session, region, slug)
    released = release_of(db.session, consultation.id, kind)
    if released is None or extension not in FORMATS:
        abort(404)
    document = _document(consultation, kind, released.content)
    name = f"{slug}-{kind}-{page_tag()}.{extension}"
    return Response(
        _render(document, extension),
        mimetype=FORMATS[extension],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _document(consultation: Consultation, kind: str, content: dict[str, object]) -> Document:
    quotes = quotable(db.session, consultation.id, page_tag(), gettext)
    if kind == "summary":
        return build_summary(content, quotes, _writer())
    strategy = strategy_of(db.session, consultation.id)
    if kind != "strategy" or strategy is None:
        abort(404)
    return build_strategy(strategy, content, quotes, _writer())


def _render(document: Document, extension: str) -> bytes | str:
    if extension == "docx":
        return render_docx(document)
    if extension == "csv":
        return render_csv(document)
    return render_template("reports/file.html", document=document, style=_style())


def _style() -> Markup:
    """The style sheets, inside the file: a report opened from a disk asks no server for them."""
    folder = Path(current_app.blueprints["web"].static_folder or "")
    names = ("consult.css", "desk.css")
    style = "".join((folder / name).read_text(encoding="utf-8") for name in names)
    return Markup("<style>{}</style>").format(Markup(style))  # noqa: S704 - our own files


def _writer() -> Writer:
    formats = {
        "date": lambda day: format_date(day, "long"),
        "number": format_decimal,
        "percent": lambda share: format_percent(round(share, 2)),
        "language": own_name,
    }
    return Writer(page_tag(), gettext, formats)
