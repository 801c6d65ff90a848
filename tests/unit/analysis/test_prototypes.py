"""Themes that people made beside the code-book."""

from pathlib import Path

import numpy as np
import pytest

from consult.analysis.encoder import default_encoder
from consult.analysis.evaluation import read_corpus
from consult.analysis.later import LaterFinder
from consult.analysis.pipeline import ThemeFinder
from consult.analysis.prototypes import PrototypeScorer
from consult.analysis.types import Codebook, CodebookTheme, Decision, Standing, Statement

BUSES = CodebookTheme("P01", "Night buses", "no bus in the evening or at night")
SAID = (
    ("en", "The last bus leaves at eight, after that I walk home."),
    ("de", "Nach der Spätschicht fährt kein Bus mehr in mein Dorf."),
    ("es", "No hay autobús de noche para volver del trabajo."),
    ("uk", "Останній автобус о восьмій вечора, далі тільки пішки."),
    ("it", "Dopo le nove di sera non passa più nessun autobus."),
    ("pl", "Wieczorem nie ma autobusu, wracam z pracy na piechotę."),
)
NEW = (
    ("fr", "Après la dernière équipe il n'y a plus de bus pour rentrer."),
    ("ro", "Seara nu mai circulă niciun autobuz spre satul nostru."),
    ("ar", "لا يوجد باص في الليل للعودة من العمل"),
    ("ti", "ድሕሪ ሰዓት ሸሞንተ ናይ ምሸት ኣውቶቡስ የለን"),
    ("tr", "Gece vardiyasından sonra köye otobüs yok."),
)
HELD_OUT = Path(__file__).parents[2] / "corpus" / "held_out"


def statements(rows: tuple[tuple[str, str], ...], name: str) -> list[Statement]:
    return [Statement(f"{name}{at}", text, lang) for at, (lang, text) in enumerate(rows)]


@pytest.fixture(scope="module")
def others() -> list[Statement]:
    """Answers that are not about getting around."""
    rows = [row for row in read_corpus(HELD_OUT) if "T17" not in row.themes]
    return [row.statement for row in rows[::2]]


def themes_of(finder: ThemeFinder) -> dict[str, list[str]]:
    return {row.id: [theme.code for theme in row.themes] for row in finder.result_.statements}


def test_a_theme_people_made_is_proposed_in_languages_they_did_not_decide_in(
    others: list[Statement],
) -> None:
    said, new = statements(SAID, "bus"), statements(NEW, "new")
    decisions = [Decision(row.id, "P01", True) for row in said]
    finder = ThemeFinder(added=[BUSES]).fit([*others, *said, *new], decisions)
    found = themes_of(finder)
    assert [found[row.id][0] for row in new] == ["P01"] * len(NEW)
    assert np.mean(["P01" in found[row.id] for row in others]) < 0.02


def test_a_name_alone_takes_nothing_from_other_themes(others: list[Statement]) -> None:
    plain, added = ThemeFinder().fit(others), ThemeFinder(added=[BUSES]).fit(others)
    before, after = themes_of(plain), themes_of(added)
    assert np.mean([before[row.id][:1] == after[row.id][:1] for row in others]) > 0.96


def test_what_a_person_took_out_of_an_added_theme_stays_out(others: list[Statement]) -> None:
    said = statements(SAID, "bus")
    decisions = [Decision(row.id, "P01", at > 0) for at, row in enumerate(said)]
    found = themes_of(ThemeFinder(added=[BUSES]).fit([*others, *said], decisions))
    assert "P01" not in found["bus0"]
    assert all(found[row.id] == ["P01"] for row in said[1:])


def test_a_later_answer_finds_the_added_theme() -> None:
    said, new = statements(SAID, "bus"), statements(NEW, "new")
    decisions = [Decision(row.id, "P01", True) for row in said]
    finder = ThemeFinder(added=[BUSES]).fit(said, decisions)
    texts = {row.id: row.text for row in said}
    standing = Standing(
        [row.id for row in said], finder.vectors_,
        [row.themes for row in finder.result_.statements],
        np.ones(len(said), bool), [None] * len(said), texts.__getitem__, {},
    )  # fmt: skip
    found = LaterFinder(added=[BUSES]).extend(new, standing).found_
    assert [row.themes[0].code for row in found] == ["P01"] * len(NEW)
    assert LaterFinder(added=[BUSES]).extend([], standing).found_ == ()


def test_new_groups_do_not_take_the_name_of_an_accepted_one(others: list[Statement]) -> None:
    accepted = CodebookTheme("N01", "Buses", examples={"en": (SAID[0][1],)})
    finder = ThemeFinder(Codebook(), added=[accepted]).fit(others)
    clusters = {cluster.id: cluster.discovered for cluster in finder.result_.clusters}
    assert "N02" in clusters
    assert not clusters.get("N01", False)


def test_without_statements_an_added_theme_does_no_harm() -> None:
    assert ThemeFinder(added=[BUSES]).fit([]).result_.statements == ()


def test_shares_of_a_row_never_exceed_one() -> None:
    encoder = default_encoder()
    vectors = encoder.encode([text for _, text in SAID], [lang for lang, _ in SAID])
    twins = [BUSES, CodebookTheme("P02", "Buses at night", BUSES.definition)]
    added = PrototypeScorer(twins).fit([vectors, vectors], encoder)
    joined = added.join(np.full((6, 3), 0.3), vectors)
    assert joined.shape == (6, 5)
    assert (joined.sum(axis=1) <= 1 + 1e-9).all()
    assert (joined[:, 3:] > 0.3).all()
