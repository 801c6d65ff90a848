"""The model's vectors beside the table's, in one run."""

from pathlib import Path
from zlib import crc32

import numpy as np
import pytest

from consult.analysis.codebook import shipped_sentences
from consult.analysis.encoder import default_encoder
from consult.analysis.own.blend import SHARE, BlendedEncoder, own_encoder
from consult.analysis.own.folder import WEIGHTS, EncoderUnusable, ModelFolder, read_folder
from consult.analysis.own.models import Model
from consult.analysis.own.weighing import Weighed, keep_weights, weigh
from consult.analysis.pipeline import ThemeFinder
from consult.analysis.types import Codebook, CodebookTheme, Statement
from tests.factories.tiny_model import make_model

ANSWERS = [
    ("en", "The rent is so high that I cannot find a flat for my family."),
    ("de", "Ich suche seit einem Jahr eine Wohnung, die Miete ist zu teuer."),
    ("en", "I need a language course, the waiting list is nine months."),
    ("en", "The president met the ambassador in the capital on Tuesday."),
    ("en", "-"),
]
TEXTS, LANGS = [text for _, text in ANSWERS], [lang for lang, _ in ANSWERS]
STATEMENTS = [
    Statement(str(at), text, lang, translation="The rent is too high" if at == 1 else None)
    for at, (lang, text) in enumerate(ANSWERS)
]


class Random(Model):
    """Says something of its own of every text, and a theme's direction of what it was told."""

    def __init__(self, known: dict[str, str] | None = None) -> None:
        super().__init__(ModelFolder(Path(), None, "", "mean", 512, "random-0"))
        self.known, self.read = known or {}, 0
        codes = sorted(set(self.known.values()))
        self.directions = dict(zip(codes, np.eye(24), strict=False))

    def _run(self, texts: list[str]) -> np.ndarray:
        self.read += len(texts)
        return np.stack([self._say(text) for text in texts]).astype(np.float32)

    def _say(self, text: str) -> np.ndarray:
        noise = np.random.RandomState(crc32(text.encode())).normal(size=24) / 5
        return noise + self.directions.get(self.known.get(text, ""), 0)


def silent(done: float, message: str) -> None:
    pass


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def even(cache: Path) -> BlendedEncoder:
    return BlendedEncoder(Random(), {}, cache).fit(silent)


def test_a_model_without_a_share_changes_nothing(even: BlendedEncoder, cache: Path) -> None:
    """The same code-book, the same texts without a theme: the table's part alone decides."""
    langs = {row[3] for row in shipped_sentences()} | {"und"}
    mute = BlendedEncoder(even.model, dict.fromkeys(langs, 0.0), cache).fit(silent)
    found = ThemeFinder(encoder=mute).fit(STATEMENTS).result_.statements
    plain = ThemeFinder().fit(STATEMENTS).result_.statements
    assert [row.cluster for row in found] == [row.cluster for row in plain]
    for one, other in zip(found, plain, strict=True):
        assert [t.code for t in one.themes] == [t.code for t in other.themes]
        assert np.allclose(
            [t.score for t in one.themes], [t.score for t in other.themes], atol=0.01
        )


def test_cosines_are_weighted_means_of_both(even: BlendedEncoder) -> None:
    rows = even.encode(TEXTS, LANGS)
    table, model = default_encoder().encode(TEXTS, LANGS), even.by_model(TEXTS, LANGS)
    wanted = (1 - SHARE) * table @ table.T + SHARE * model @ model.T
    assert np.allclose((rows @ rows.T)[:4, :4], wanted[:4, :4], atol=1e-5)
    assert not rows[4].any()


def test_languages_of_other_shares_stay_comparable(even: BlendedEncoder, cache: Path) -> None:
    mixed = BlendedEncoder(even.model, {"de": 0.8}, cache).fit(silent)
    rows = mixed.encode([TEXTS[0]] * 2, ["en", "de"])
    assert np.allclose(np.linalg.norm(rows, axis=1), 1)
    assert rows[0, :128] @ rows[1, :128] > 0
    assert np.sqrt(0.5 * 0.2) + np.sqrt(0.5 * 0.8) > 0.94


def test_strangeness_is_told_by_the_tables_part(even: BlendedEncoder) -> None:
    table = default_encoder()
    wanted = table.strangeness(table.encode(TEXTS[:4], LANGS[:4]))
    assert np.allclose(even.strangeness(even.encode(TEXTS[:4], LANGS[:4])), wanted, atol=1e-4)


def test_means_by_language_come_from_the_shipped_sentences(even: BlendedEncoder) -> None:
    seeds = [row[4] for row in shipped_sentences() if row[3] == "ga"]
    assert np.abs(even.model.embed(seeds).mean(axis=0) - even.means_["ga"]).max() < 0.001
    before = even.encode(TEXTS[:1], LANGS[:1])
    even.encode(["rent"] * 50, ["en"] * 50)
    assert np.array_equal(even.encode(TEXTS[:1], LANGS[:1]), before)


def test_a_language_without_a_mean_gets_that_of_all(even: BlendedEncoder) -> None:
    assert np.linalg.norm(even.encode(["Mi bezonas laboron"], ["eo"])) == pytest.approx(1)
    assert even.encode([], []).shape == (0, 128 + 24)


def test_sentences_are_read_once_and_a_damaged_cache_again(
    even: BlendedEncoder, cache: Path
) -> None:
    model = Random()
    BlendedEncoder(model, {}, cache).fit(silent)
    assert model.read == 0
    next(cache.glob("random-0-ga-*.npy")).write_bytes(b"damaged")
    BlendedEncoder(model, {}, cache).fit(silent)
    assert 0 < model.read < 3_000


def test_reading_tells_how_far_it_is_and_goes_on_where_it_was_stopped(tmp_path: Path) -> None:
    seen: list[float] = []

    def stop_later(done: float, message: str) -> None:
        seen.append(done)
        if done > 0.1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        BlendedEncoder(Random(), {}, tmp_path).fit(stop_later)
    assert seen == sorted(seen)
    assert len(list(tmp_path.glob("*.npy"))) >= 3


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EncoderUnusable, match="cannot be written to"):
        BlendedEncoder(Random(), {}, tmp_path / "file").fit(silent)


def test_a_codebook_of_ones_own_is_learnt_with_the_model(even: BlendedEncoder) -> None:
    themes = Codebook((CodebookTheme("A", "Rent and flats"), CodebookTheme("B", "Bees and honey")))
    found = ThemeFinder(themes, encoder=even).fit(STATEMENTS)
    assert found.encoder_.name == f"{default_encoder().name}+random-0"
    assert found.result_ == ThemeFinder(themes, encoder=even).fit(STATEMENTS).result_


def test_weights_are_higher_where_the_model_knows_a_language(tmp_path: Path) -> None:
    known = {row[4]: row[1] for row in shipped_sentences() if row[3] in ("so", "ti")}
    encoder = BlendedEncoder(Random(known), {}, tmp_path).fit(silent)
    found = weigh(encoder, silent, most=200)
    assert found["so"].weight > found["en"].weight
    assert found["so"].model > found["so"].table > found["en"].model
    assert found["so"].blend > found["so"].table
    assert found["en"].weight == 0.2


def test_measured_weights_are_used_with_the_model_they_belong_to(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "mine", {"rent": (1, 0)})
    assert own_encoder(folder, tmp_path).share("so-SO") > own_encoder(folder, tmp_path).share("en")
    read = read_folder(folder, prefix="query: ", weighed=False)
    keep_weights(read, {"so": Weighed(9, 0.3, 0.1, 0.3, 0.2)})
    own_encoder.cache_clear()
    encoder = own_encoder(folder, tmp_path)
    assert encoder.share("so") == 0.2
    assert encoder.model.folder.prefix == "query: "
    make_model(folder, {"rent": (0, 1)})
    with pytest.raises(EncoderUnusable, match="consult encoder weigh"):
        read_folder(folder)


@pytest.mark.parametrize("weights", ['{"so": 1.5}', '{"so": "much"}', "[]", '"x"'])
def test_weights_that_are_none_are_refused(tmp_path: Path, weights: str) -> None:
    folder = make_model(tmp_path / "mine", {"rent": (1, 0)})
    name = read_folder(folder).name
    (folder / WEIGHTS).write_text(f'{{"model": "{name}", "weights": {weights}}}')
    with pytest.raises(EncoderUnusable, match="numbers from 0"):
        read_folder(folder)
