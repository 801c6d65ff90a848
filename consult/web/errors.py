"""Error pages: what happened, what was kept, what to do."""

import logging

from flask import Flask, g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from consult.kernel.errors import ConsultError

log = logging.getLogger(__name__)
NOTHING_LOST = _l("What you already sent is safe. Use the back button to return to your page.")
PAGES = {
    400: (_l("We could not read that"), NOTHING_LOST),
    403: (
        _l("This page is not for you"),
        _l("Your account has no right to open it. Ask an administrator of your region."),
    ),
    404: (
        _l("We cannot find this page"),
        _l("The address may be wrong, or the consultation may have ended."),
    ),
    405: (_l("We could not read that"), NOTHING_LOST),
    413: (
        _l("That was too much at once"),
        _l("Please shorten your text and send it again. What you sent before is safe."),
    ),
    429: (_l("Too many tries"), _l("Please wait a minute and try again. Nothing is lost.")),
    500: (_l("Something went wrong on our side"), NOTHING_LOST),
}


def error_text(error: ConsultError) -> str:
    """A domain error's sentence in the reader's language."""
    text: str = gettext(error.message)
    return text % error.params if error.params else text


def init_errors(app: Flask) -> None:
    """Register one page for domain errors and one for each HTTP status."""

    @app.errorhandler(ConsultError)
    def _domain(error: ConsultError) -> tuple[str, int]:
        title = PAGES[404][0] if error.status == 404 else PAGES[400][0]
        return _page(title, error_text(error), error.status)

    @app.errorhandler(CSRFError)
    def _forged(error: CSRFError) -> tuple[str, int]:
        return _page(
            _l("This page was open for too long"),
            _l(
                "For your safety we could not accept it. Nothing was changed. "
                "Go back, load the page again and repeat your last step."
            ),
            400,
        )

    @app.errorhandler(SecurityError)
    def _foreign_host(_error: SecurityError) -> ResponseReturnValue:
        text = "This server does not answer for this host name."
        return text, 400, {"Content-Type": "text/plain"}

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> ResponseReturnValue | HTTPException:
        code = error.code or 500
        if code < 400:
            return error
        title, text = PAGES.get(code, PAGES[500 if code >= 500 else 400])
        return _page(title, text, code)

    @app.errorhandler(Exception)
    def _unexpected(error: Exception) -> tuple[str, int]:
        log.error("Unexpected %s", type(error).__name__, exc_info=error)
        title, text = PAGES[500]
        return _page(title, text, 500)


def _page(title: object, text: object, status: int) -> tuple[str, int]:
    g.pop("page_languages", None)
    return render_template("web/error.html", title=title, text=text), status
