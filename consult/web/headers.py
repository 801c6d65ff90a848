"""Security headers of every reply. No page asks another host for anything."""

from flask import Flask, Response, request

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
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=(), interest-cohort=()",
}


def init_headers(app: Flask, production: bool) -> None:
    """Set the headers; pages are never kept by a browser, style and script are."""

    @app.after_request
    def _set(response: Response) -> Response:
        response.headers.update(HEADERS)
        if production:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        if request.endpoint != "web.static":
            response.headers["Cache-Control"] = "no-store"
        elif request.path.endswith("/sw.js"):
            response.headers["Service-Worker-Allowed"] = "/s/"
        return response
