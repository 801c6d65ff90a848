"""Tells the language of a text, with the interface language as the prior."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from consult.analysis.codebook import shipped_sentences
from consult.analysis.text import fold, word_count, words
from consult.analysis.tokens import Tokens

UNKNOWN = "und"
LEAST_WORDS = 3
MOST_LETTERS = 1_000  # of a text that the identifier reads
PART = 2_000  # texts told apart in one go
FEW_PARTS = 2  # up to which one core does, and each text is asked about
BATCH = 20_000  # texts counted in one go
# Words of the prior among all of a text, and more of them than of another language.
MOSTLY, CLEARLY = 0.6, 2
# How sure the identifier must be to overrule the interface language.
SURE = 0.9
SURE_WITHOUT_PRIOR = 0.5

# Letters that only one language of a script writes.
LETTERS = {
    "ckb": re.compile("[ڕڵێۆڤ]|ە(?=\\w)"),
    "ps": re.compile("[ټډړږښګۍېځڅڼ]"),
    "ur": re.compile("[ٹڈڑںےہھ]"),
}
# Frequent words of languages the identifier does not know or confuses, folded.
FREQUENT = {
    "ti": "እዩ ኣሎ ናይ ኣብ ድማ ከኣ ስለ ነቲ ምስ ዘለኒ እዮም ኢዩ ኣይ ዝነበረ ንዓይ ክሳብ ግን እንተ ካብ ናብ ኩሉ ኣለዋ",
    "am": "ነው ነበር አለ ውስጥ ላይ እና ግን ናቸው ስለ እንደ ወደ ጋር በጣም ሁሉ ነኝ አይደለም ብቻ እኔ",
    "so": "waa ayaa iyo oo ka ku la waxaan waxay uma ma aan inaan wuxuu markii laakiin ee loo soo "
    "si in waxa kale ayay dad badan leh jira",
    "kmr": "ji bi xwe ku li em ez u e ne dikin ye ji bo hene tune wan min me gelek di de da",
    "sq": "dhe ne nuk te se me per eshte jane nje une por qe ka kam tone kur ku shume",
}
_FREQUENT = {lang: frozenset(fold(words).split()) for lang, words in FREQUENT.items()}
_ETHIOPIC = re.compile("[\u1200-\u137f]")
_ARABIC = re.compile("[\u0600-\u06ff]")
# The identifier's names for languages we name more exactly.
_NAMES = {"ku": "kmr", "hr": "bs", "fil": "tl", "nb": "no", "arz": "ar", "ary": "ar", "sdh": "ckb"}
_KIN = ({"hr", "sr", "bs"}, {"fa", "prs"}, {"ca", "es"}, {"no", "nb", "nn"}, {"gl", "pt"})


def identify(text: str, prior: str | None = None, offered: Sequence[str] = ()) -> str:
    """The language of `text` as a primary tag, `und` for unknown.

    `prior` is the language of the page the text was typed on. On fewer than three words, or
    where the evidence is weak, it is the prior. `offered` limits the answer where given.
    """
    home = base(prior)
    if word_count(text) < LEAST_WORDS:
        return home or UNKNOWN
    found, sure = _by_letters(text) or _by_model(text)
    if offered and found not in {base(tag) for tag in offered}:
        return home or UNKNOWN
    if home and (_are_kin(found, home) or sure < SURE):
        return home
    return found if sure >= SURE_WITHOUT_PRIOR else home or UNKNOWN


def identify_all(
    texts: Sequence[str],
    priors: Sequence[str | None],
    tokens: Tokens,
    watch: Callable[[float], None],
) -> list[str]:
    """`identify` for many texts with these `tokens`, on all cores where there are very many.

    Of very many, the ones full of the prior's own words are not asked about. `watch` is told the
    fraction done; it may raise to end the work.
    """
    found = [base(prior) or UNKNOWN for prior in priors]
    asked = np.arange(len(texts))
    if len(texts) > FEW_PARTS * PART:
        asked = np.flatnonzero(~speak_for_prior(tokens, priors))
    parts = [asked[start : start + PART].tolist() for start in range(0, len(asked), PART)]
    jobs = (
        delayed(_identify_part)([texts[at] for at in part], [priors[at] for at in part])
        for part in parts
    )
    workers = -1 if len(parts) > FEW_PARTS else 1
    for done, langs in enumerate(Parallel(workers, return_as="generator")(jobs)):
        for at, lang in zip(parts[done], langs, strict=True):
            found[at] = lang
        watch((done + 1) / len(parts))
    return found


def speak_for_prior(tokens: Tokens, priors: Sequence[str | None]) -> NDArray[np.bool_]:
    """Which texts consist for the most part of words that the prior's shipped sentences hold,
    clearly more of them than of any language that is not its kin."""
    langs, known = _known_words()
    columns = [known.get(word, ()) for word in tokens.vocabulary]
    ends = np.cumsum([0, *map(len, columns)])
    flat = np.fromiter((column for row in columns for column in row), np.int32, ends[-1])
    of_words = csr_matrix((np.ones(ends[-1], np.float32), flat, ends), (len(columns), len(langs)))
    places = {lang: at for at, lang in enumerate(langs)}
    homes = np.array([places.get(base(prior), -1) for prior in priors])
    kin = np.array([[_are_kin(one, other) for other in langs] for one in langs])
    settled = np.zeros(len(homes), bool)
    for start in range(0, len(tokens), BATCH):
        counts = tokens.counts(start, min(start + BATCH, len(tokens)))
        hits, length = (counts @ of_words).toarray(), np.asarray(counts.sum(axis=1)).ravel()
        home = homes[start : start + len(length)]
        own = hits[np.arange(len(home)), home]
        other = np.where(kin[home], 0, hits).max(axis=1)
        is_full = (own >= MOSTLY * length) & (own >= other + CLEARLY)
        settled[start : start + len(home)] = is_full & (length >= LEAST_WORDS) & (home >= 0)
    return settled


@lru_cache(maxsize=1)
def _known_words() -> tuple[tuple[str, ...], dict[str, tuple[int, ...]]]:
    """The languages of the shipped sentences, and of each of their words which of them hold it."""
    found: dict[str, set[int]] = {}
    langs: dict[str, int] = {}
    for _, _, _, lang, text in shipped_sentences():
        at = langs.setdefault(lang, len(langs))
        for word in words(fold(text)):
            found.setdefault(word, set()).add(at)
    return tuple(langs), {word: tuple(sorted(of)) for word, of in found.items()}


def _identify_part(texts: Sequence[str], priors: Sequence[str | None]) -> list[str]:
    return [identify(text, prior) for text, prior in zip(texts, priors, strict=True)]


def base(tag: str | None) -> str:
    """The primary subtag in lower case, empty for no tag or `und`."""
    primary = (tag or "").replace("_", "-").split("-")[0].lower()
    return "" if primary == UNKNOWN else primary


def _are_kin(one: str, other: str) -> bool:
    return one == other or any({one, other} <= group for group in _KIN)


def _by_letters(text: str) -> tuple[str, float] | None:
    """What script, telling letters and frequent words say."""
    letters = sum(map(str.isalpha, text)) or 1
    tokens = fold(text).split()
    counts = {lang: sum(t in known for t in tokens) for lang, known in _FREQUENT.items()}
    if len(_ETHIOPIC.findall(text)) > letters / 2:
        marked = counts["ti"] + len(re.findall("[ኣቐቕኸዀ]", text)) > counts["am"]
        return ("ti" if marked else "am"), 0.95
    if len(_ARABIC.findall(text)) > letters / 2:
        hits = {lang: len(pattern.findall(text)) for lang, pattern in LETTERS.items()}
        best = max(hits, key=lambda lang: hits[lang])
        return (best, 0.95) if hits[best] >= 2 and hits[best] > sorted(hits.values())[-2] else None
    best = max(("so", "kmr", "sq"), key=lambda lang: counts[lang])
    return (best, 0.92) if counts[best] >= max(3, len(tokens) * 0.34) else None


def _by_model(text: str) -> tuple[str, float]:
    lang, sure = _identifier().classify(text[:MOST_LETTERS].encode("utf-8", "replace").decode())
    return _NAMES.get(str(lang), str(lang)), float(sure)


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
