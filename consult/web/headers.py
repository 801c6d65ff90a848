"""Security headers of every reply. No page asks another host for anything."""

from flask import Flask, Response, request, session

from consult.web.views import EDITION

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self' data:",
        "media-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
BARE = {"X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin"}
HEADERS = {
    **BARE,
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
}
NO_PAGES = ("text/css", "text/javascript", "application/json")  # what shows nothing by itself


def init_headers(app: Flask, production: bool) -> None:
    """Set the headers; pages are never kept by a browser, style and script are."""

    @app.after_request
    def _set(response: Response) -> Response:
        is_bare = response.mimetype in NO_PAGES and not request.path.endswith("/sw.js")
        response.headers.update(BARE if is_bare else HEADERS)
        if production:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        if request.endpoint != "web.static":
            response.headers["Cache-Control"] = "no-store"
        else:
            _keep_file(response)
        return response


def _keep_file(response: Response) -> None:
    """A file under this edition's name never changes: a browser fetches it once."""
    session.accessed = False  # else Flask says that the file varies by cookie
    if request.path.startswith(f"/static/{EDITION}/"):
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    if request.path.endswith("/sw.js"):
        response.headers["Service-Worker-Allowed"] = "/s/"
