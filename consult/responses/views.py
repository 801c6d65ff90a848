"""Screens of responses."""

from flask import Blueprint

blueprint = Blueprint("responses", __name__, template_folder="templates")
