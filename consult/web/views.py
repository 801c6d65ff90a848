"""The shell's own routes: the style sheet and pictures."""

from flask import Blueprint

blueprint = Blueprint(
    "web",
    __name__,
    static_folder="static",
    static_url_path="/static",
)
