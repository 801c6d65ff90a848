"""Statements that came after a run."""

from collections.abc import Sequence

import numpy as np

from consult.analysis.codebook import shipped_sentences
from consult.analysis.later import LaterFinder
from consult.analysis.pipeline import ThemeFinder
from consult.analysis.types import Decision, Standing, Statement

SENTENCES = [
    Statement(f"{lang}-{ident}", text, lang)
    for ident, code, _, lang, text in shipped_sentences()
    if lang in ("de", "uk", "ar") and ident.startswith("E") and code != "none"
]


def standing_of(finder: ThemeFinder, statements: Sequence[Statement]) -> Standing:
    texts = {statement.id: statement.text for statement in statements}
    found = finder.result_.statements
    rows = [at for at, row in enumerate(found) if not row.is_empty and row.duplicate_of is None]
    return Standing(
        ids=[found[at].id for at in rows],
        vectors=finder.vectors_[rows],
        themes=[found[at].themes for at in rows],
        decided=np.zeros(len(rows), bool),
        clusters=[None if found[at].themes else found[at].cluster for at in rows],
        text_of=texts.__getitem__,
        local_words=finder.local_words_,
    )


def test_new_statements_get_nearly_the_themes_of_a_whole_run() -> None:
    statements = SENTENCES[::3]
    before = [row for at, row in enumerate(statements) if at % 10]
    new = statements[::10]
    whole = {row.id: row.cluster for row in ThemeFinder().fit(statements).result_.statements}
    standing = standing_of(ThemeFinder().fit(before), before)
    found = LaterFinder().extend(new, standing).found_
    assert [row.id for row in found] == [row.id for row in new]
    same = [row.cluster == whole[row.id] for row in found]
    assert np.mean(same) >= 0.9


def test_a_copy_of_a_standing_text_is_told() -> None:
    before = [
        *SENTENCES[:40],
        Statement("long", "Wir warten seit " + "sehr " * 9 + "langem.", "de"),
    ]
    copied = max(before[:40], key=lambda row: len(row.text.split()))
    standing = standing_of(ThemeFinder().fit(before), before)
    copy = Statement("copy", copied.text + " Danke", copied.lang)
    (found,) = LaterFinder().extend([copy], standing).found_
    assert found.duplicate_of == copied.id


def test_local_words_of_the_run_speak_for_new_statements() -> None:
    housing = [row for row in shipped_sentences() if row[1] == "T05" and row[3] == "de"][:10]
    before = [Statement(row[0], f"{row[4]} in Zoqenau", "de") for row in housing]
    before += [row for row in SENTENCES if row.lang == "de"][:60:2]
    finder = ThemeFinder().fit(before)
    asked = Statement("new", "Wann wird in Zoqenau endlich etwas frei für uns?", "de")
    (found,) = LaterFinder().extend([asked], standing_of(finder, before)).found_
    assert found.cluster == "T05"


def test_without_a_standing_statement_the_views_alone_speak() -> None:
    nothing = standing_of(ThemeFinder().fit([]), [])
    said = Statement("new", "Ich suche seit einem Jahr eine Wohnung, die Miete ist zu teuer.", "de")
    (found,) = LaterFinder().extend([said], nothing).found_
    assert found.cluster == "T05"
    assert LaterFinder().extend([], nothing).found_ == ()


def test_what_a_person_decided_speaks_louder_for_like_statements() -> None:
    before = SENTENCES[:200]
    decided = before[0]
    finder = ThemeFinder().fit(before, [Decision(decided.id, "T17", True)])
    standing = standing_of(finder, before)
    standing.decided[standing.ids.index(decided.id)] = True
    alike = Statement("new", decided.text.replace(",", " und"), decided.lang)
    (found,) = LaterFinder().extend([alike], standing).found_
    assert "T17" in [theme.code for theme in found.themes]
