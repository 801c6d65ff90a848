"""Screens of strategy."""

from flask import Blueprint

blueprint = Blueprint("strategy", __name__, template_folder="templates")
