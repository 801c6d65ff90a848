"""Security headers of every reply. No page asks another host for anything."""

from flask import Flask, Response, g, request, session

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
PERMISSIONS = "geolocation=(), camera=(), microphone=()"
BARE = {"X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin"}
HEADERS = {
    **BARE,
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
}
HEARING = {  # a page on which a person may speak: the recording is played from the page itself
    "Content-Security-Policy": POLICY.replace("media-src 'self'", "media-src 'self' blob:"),
    "Permissions-Policy": PERMISSIONS.replace("microphone=()", "microphone=(self)"),
}
NO_PAGES = ("text/css", "text/javascript", "application/json")  # what shows nothing by itself


def init_headers(app: Flask, production: bool) -> None:
    """Set the headers; pages are never kept by a browser, style and script are."""

    @app.after_request
    def _set(response: Response) -> Response:
        is_bare = response.mimetype in NO_PAGES and not request.path.endswith("/sw.js")
        response.headers.update(BARE if is_bare else HEADERS)
        if g.get("hears") and not is_bare:
            response.headers.update(HEARING)
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
