"""Errors a person can be told about."""

from collections.abc import Mapping


class ConsultError(Exception):
    """Base of every error of this project.

    `message` is a whole English sentence marked with `N_`, with `%(name)s` places that
    `params` fill; pages translate it before they fill it.
    """

    status = 400

    def __init__(self, message: str, **params: object) -> None:
        self.message = message
        self.params: Mapping[str, object] = params
        super().__init__(message % params if params else message)


class RuleBroken(ConsultError):
    """A rule of the domain forbids this step now."""

    status = 409


class NotFound(ConsultError):
    """What was asked for is not here, or not for this person."""

    status = 404
