"""Connectors to services, against one on loopback that speaks their protocols."""

from collections.abc import Iterator

import pytest

from consult.config import TranslatorSettings
from consult.translators.base import BatchRefused, ServiceDown, ServiceRefused, Translator
from consult.translators.batches import in_batches, translate_batch
from consult.translators.choice import choose_translator
from consult.translators.deepl import DeepL
from consult.translators.http import JsonService, Limits
from consult.translators.libretranslate import LibreTranslate
from tests.factories.services import FakeService, running_service

LIMITS = Limits(connect=1.0, read=0.3, whole=0.6, tries=3, pause=1.0, most_bytes=10_000)


@pytest.fixture
def service() -> Iterator[FakeService]:
    with running_service() as server:
        yield server


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture(params=["libretranslate", "deepl"])
def translator(request, service: FakeService, waits: list[float]) -> Translator:
    service.key = "secret"
    if request.param == "deepl":
        headers = {"Authorization": "DeepL-Auth-Key secret"}
        return DeepL(JsonService(service.url, headers, LIMITS, waits.append), "127.0.0.1")
    return LibreTranslate(JsonService(service.url, {}, LIMITS, waits.append), "127.0.0.1", "secret")


def test_a_batch_comes_back_in_order(translator, service) -> None:
    assert translator.translate(["hola", "adiós"], "es", "en") == ["HOLA", "ADIÓS"]
    assert service.batches == [["hola", "adiós"]]


def test_languages_are_asked_of_the_service(translator) -> None:
    assert translator.sources("en") >= {"es", "fr", "uk"}
    assert translator.sources("ti") == frozenset()


def test_a_language_it_lacks_is_never_sent(translator, service) -> None:
    with pytest.raises(BatchRefused):
        translator.translate(["ሰላም"], "ti", "en")
    assert service.batches == []


@pytest.mark.parametrize("fault", [429, 503, 500, "slow", "drip"])
def test_a_busy_service_is_asked_again_after_a_pause(translator, service, waits, fault) -> None:
    service.faults = [fault]
    assert translator.translate(["hola"], "es", "en") == ["HOLA"]
    assert waits == [1.0]


def test_pauses_double_and_end(translator, service, waits) -> None:
    service.faults = [503] * 3
    with pytest.raises(ServiceDown):
        translator.translate(["hola"], "es", "en")
    assert waits == [1.0, 2.0]


def test_the_pause_a_service_asks_for_is_kept_up_to_a_limit(translator, service, waits) -> None:
    service.faults, service.retry_after = [429, 429], "7200"
    translator.translate(["hola"], "es", "en")
    assert waits == [LIMITS.longest_pause] * 2


@pytest.mark.parametrize("status", [403, 456])
def test_a_wrong_key_or_a_used_up_limit_is_not_tried_again(translator, service, status) -> None:
    service.faults = [status]
    with pytest.raises(ServiceRefused):
        translator.translate(["hola"], "es", "en")
    assert len(service.batches) == 1


@pytest.mark.parametrize(
    "answer", [b"<html>", b"[]", b'{"translatedText": 3}', b'{"translations": [3]}', b"x" * 20_000]
)
def test_an_answer_that_makes_no_sense_is_refused(translator, service, answer) -> None:
    service.faults = [answer]
    with pytest.raises(BatchRefused):
        translator.translate(["hola"], "es", "en")


def test_a_key_follows_no_redirect(translator, service) -> None:
    service.faults = [307]
    with pytest.raises(BatchRefused):
        translator.translate(["hola"], "es", "en")
    assert len(service.batches) == 1


def test_of_a_batch_with_a_text_it_does_not_take_the_rest_is_saved(translator, service) -> None:
    service.refused = {"malo"}
    found = translate_batch(translator, ["uno", "dos", "malo", "cuatro"], "es", "en")
    assert found == ["UNO", "DOS", None, "CUATRO"]


def test_a_batch_that_comes_back_short_is_sent_in_halves(translator, service) -> None:
    service.faults = ["short"]
    assert translate_batch(translator, ["uno", "dos"], "es", "en") == ["UNO", "DOS"]


def test_nobody_at_the_address_is_a_service_that_is_down(waits) -> None:
    nobody = LibreTranslate(JsonService("http://127.0.0.1:9", {}, LIMITS, waits.append), "here")
    with pytest.raises(ServiceDown):
        nobody.sources("en")


def test_the_settings_choose(service) -> None:
    chosen = [choose_translator(TranslatorSettings(kind, "https://translate.example", "key"))
              for kind in ("", "apertium", "libretranslate", "deepl")]  # fmt: skip
    assert [one and (one.name, one.host) for one in chosen] == [
        None,
        ("Apertium", ""),
        ("LibreTranslate (translate.example)", "translate.example"),
        ("DeepL (translate.example)", "translate.example"),
    ]


def test_batches_keep_to_both_limits() -> None:
    found = list(in_batches(["aa", "bb", "cc", "d" * 9, "e"], most_texts=2, most_letters=5))
    assert found == [["aa", "bb"], ["cc"], ["d" * 9], ["e"]]
