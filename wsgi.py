"""The entry point of a web server: `gunicorn wsgi:app`."""

from consult.app import create_app

app = create_app()
