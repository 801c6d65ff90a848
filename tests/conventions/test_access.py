"""Default deny: the table of routes and roles is whole and is kept."""

from pathlib import Path

from flask import Flask, url_for
from flask.testing import FlaskClient

from consult.accounts.access import ACCESS, Access

ROUTES = Path(__file__).parent / "routes.txt"


def endpoints(app: Flask) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules()}


def test_every_route_has_a_row(app: Flask) -> None:
    assert endpoints(app) - set(ACCESS) == set()


def test_every_row_has_a_route(app: Flask) -> None:
    assert set(ACCESS) - endpoints(app) == set()


def test_the_list_of_routes_is_the_committed_one(app: Flask) -> None:
    rules = sorted(
        f"{rule.rule} {','.join(sorted(rule.methods - {'HEAD', 'OPTIONS'}))} "  # type: ignore[operator]
        f"{ACCESS[rule.endpoint].name.lower()}"
        for rule in app.url_map.iter_rules()
    )
    assert rules == ROUTES.read_text().splitlines()


def test_a_stranger_is_sent_to_sign_in_on_every_route_that_is_not_public(
    app: Flask, client: FlaskClient
) -> None:
    for rule in app.url_map.iter_rules():
        if ACCESS[rule.endpoint] == Access.PUBLIC or "GET" not in (rule.methods or ()):
            continue
        values = {
            name: 1 if type(converter).__name__ == "IntegerConverter" else "x"
            for name, converter in rule._converters.items()
        }
        with app.test_request_context():
            address = url_for(rule.endpoint, **values)
        assert client.get(address).status_code in (302, 403), address


def test_an_endpoint_without_a_row_is_refused(app: Flask, monkeypatch) -> None:
    monkeypatch.delitem(ACCESS, "responses.list_consultations")
    assert app.test_client().get("/").status_code == 403
