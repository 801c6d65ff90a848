"""Screens of themes."""

from flask import Blueprint

blueprint = Blueprint("themes", __name__, template_folder="templates")
