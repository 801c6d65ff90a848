"""How long a run takes, beside plain TF-IDF with k-means. Prints; never fails for slowness.

Run with `pytest tests/benchmarks -s`; CONSULT_BENCHMARK=100000,1000000 names other sizes.
"""

import os
import random
import resource
import time
from collections.abc import Callable

import pytest
from sklearn.cluster import KMeans
from sklearn.feature_extraction.text import TfidfVectorizer

from consult.analysis.codebook import shipped_sentences
from consult.analysis.pipeline import ThemeFinder
from consult.analysis.types import Statement

SIZES = [int(size) for size in os.environ.get("CONSULT_BENCHMARK", "1000").split(",")]
LANGUAGES = ("en", "de", "es", "ar", "uk", "fr", "it", "ro", "pl", "tr", "ti", "ru")


def made_up(number: int) -> list[Statement]:
    """Answers patched together from the words of shipped sentences, all different."""
    chance = random.Random(1)
    by_lang: dict[str, list[list[str]]] = {lang: [] for lang in LANGUAGES}
    for _, _, _, lang, text in shipped_sentences():
        if lang in by_lang:
            by_lang[lang].append(text.split())
    found = []
    for at in range(number):
        lang = LANGUAGES[at % len(LANGUAGES)]
        words = [*chance.choice(by_lang[lang]), *chance.choice(by_lang[lang])[:4]]
        chance.shuffle(words)
        found.append(Statement(str(at), " ".join(words[: chance.randint(3, 25)]), lang))
    return found


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """Wall-clock and processor seconds."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processor


def plain(texts: list[str]) -> None:
    rows = TfidfVectorizer(max_features=20_000).fit_transform(texts)
    KMeans(18, n_init=1, random_state=0).fit(rows)


@pytest.mark.parametrize("size", SIZES)
def test_time_of_a_run(size: int) -> None:
    statements = made_up(size)
    ThemeFinder().fit(statements[:200])  # the code-book is learnt once a process
    ours, ours_busy = seconds(lambda: ThemeFinder().fit(statements))
    peer, peer_busy = seconds(lambda: plain([statement.text for statement in statements]))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"\n{size} answers: {ours:.1f} s ({ours_busy:.1f} s busy), TF-IDF + k-means {peer:.1f} s "
        f"({peer_busy:.1f} s), ratio {ours / peer:.2f}, {size / ours:.0f} a second, {memory:.1f} GB"
    )
