"""The application: settings, extensions, features in order, error pages."""

import logging
import os
from collections.abc import Sequence

from flask import Flask, current_app
from flask_security import SQLAlchemyUserDatastore
from sqlalchemy.orm import sessionmaker
from werkzeug.middleware.proxy_fix import ProxyFix

import consult.responses.later_views
import consult.responses.media_views
import consult.responses.picture_views
import consult.responses.receipt_views
import consult.responses.statement_views
import consult.responses.whole_views
import consult.strategy.part_views
import consult.themes.blind_views
import consult.themes.machine_views
import consult.themes.personal_views
import consult.themes.quality_views
import consult.themes.run_views
import consult.themes.statement_views
import consult.themes.theme_views  # noqa: F401 - they add routes to their blueprints
from consult.accounts.gates import init_gates
from consult.accounts.models import Role, Staff
from consult.config import Settings, load_settings
from consult.consultations.views import blueprint as consultations
from consult.extensions import babel, compress, csrf, db, limiter, migrate, security
from consult.invitations.views import blueprint as invitations
from consult.jobs.queue import build_queue, push_after_commit
from consult.jobs.worker import job_task, run_job
from consult.reports.views import blueprint as reports
from consult.responses.views import blueprint as responses
from consult.strategy.views import blueprint as strategy
from consult.themes.views import blueprint as themes
from consult.transcripts.views import blueprint as transcripts
from consult.web.catalogs import DOMAINS
from consult.web.errors import init_errors
from consult.web.headers import init_headers
from consult.web.locale import CatalogsByTag, choose_locale, init_locale
from consult.web.text import init_text
from consult.web.views import blueprint as web

push_after_commit(lambda: current_app.extensions["consult.push"] if current_app else None)
BLUEPRINTS: Sequence[object] = (
    web, consultations, responses, invitations, transcripts, themes, strategy, reports,
)  # fmt: skip
HANDLERS = {
    "themes.refresh": "consult.themes.jobs:refresh",
    "themes.analyse": "consult.themes.jobs:analyse",
    "themes.stability": "consult.themes.jobs:stability",
    "themes.translate": "consult.themes.jobs:translate",
}


def create_app(settings: Settings | None = None) -> Flask:
    """The configured application; `settings` default to the environment's."""
    settings = settings or load_settings(os.environ)
    app = Flask(
        "consult",
        static_folder=None,
        template_folder="web/templates",
        instance_path=str(settings.instance),
    )
    app.config.from_mapping(_flask_config(settings))
    if settings.production:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)  # type: ignore[method-assign]
    _bind_extensions(app, settings)
    init_locale(app)
    init_text(app)
    init_headers(app, settings.production)
    init_errors(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)  # type: ignore[arg-type]
    init_gates(app)
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # its lines carry addresses
    return app


def _bind_extensions(app: Flask, settings: Settings) -> None:
    db.init_app(app)
    migrate.init_app(
        app,
        db,
        directory=str(settings.translations.parent / "migrations"),
        render_as_batch=True,
        compare_type=True,
    )
    compress.init_app(app)
    babel.init_app(app, locale_selector=choose_locale)
    babel.domain_instance = CatalogsByTag(
        [str(settings.translations)] * len(DOMAINS), ";".join(DOMAINS)
    )
    csrf.init_app(app)
    limiter.init_app(app)
    security.init_app(app, SQLAlchemyUserDatastore(db, Staff, Role), register_blueprint=True)
    queue = build_queue(settings)
    app.extensions["consult.queue"] = queue
    app.extensions["consult.push"] = job_task(queue, lambda job_id: _run_job(app, job_id))


def _run_job(app: Flask, job_id: int) -> None:
    with app.app_context():
        run_job(sessionmaker(db.engine), HANDLERS, job_id)


def _flask_config(settings: Settings) -> dict[str, object]:
    return {
        "SETTINGS": settings,
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "TRUSTED_HOSTS": list(settings.trusted_hosts),
        "MAX_CONTENT_LENGTH": settings.max_body,
        "MAX_FORM_MEMORY_SIZE": settings.max_body,
        "MAX_FORM_PARTS": settings.max_parts,
        "SESSION_COOKIE_NAME": "session",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.production,
        "WTF_CSRF_TIME_LIMIT": None,
        "BABEL_DEFAULT_LOCALE": "en",
        "COMPRESS_MIMETYPES": ["text/html", "text/css", "text/javascript", "image/svg+xml"],
        "COMPRESS_ALGORITHM": ["br", "gzip"],  # on pages this small a fifth less than zstd
        "COMPRESS_ALGORITHM_STREAMING": ["br", "gzip"],
        "COMPRESS_BR_LEVEL": 10,  # a seventh smaller than 5, for 4 ms a page of a survey
        "COMPRESS_BR_WINDOW": 16,
        "RATELIMIT_ENABLED": True,
        "SECURITY_PASSWORD_SALT": settings.password_salt,
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_LOGIN_URL": "/desk/login",
        "SECURITY_LOGOUT_URL": "/desk/logout",
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_POST_LOGIN_VIEW": "/desk/",
        "SECURITY_POST_LOGOUT_VIEW": "/desk/login",
        "SECURITY_UNAUTHORIZED_VIEW": None,
        "SECURITY_TRACKABLE": False,
        "SECURITY_DEFAULT_REMEMBER_ME": False,
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False, "test_environment": True},
        "SECURITY_STATIC_FOLDER": None,
    }
