from __future__ import annotations

import pytest

from cleaner import Label, Pipeline, Settings
from cleaner.languages import ENGINES, engine
from cleaner.settings import LanguageSettings

ASKED = [name for name in ENGINES if name != "off"]
SENTENCES = {
    "de": "Der Zug kam um acht Uhr an, und niemand stieg aus, obwohl der Bahnhof offen war.",
    "en": "The council voted on Monday to reopen the old station, closed for many years.",
    "es": "Este artículo fue escrito por nuestro corresponsal en la ciudad de Madrid.",
    "fr": "Le conseil a décidé lundi de rouvrir la vieille gare, fermée depuis des années.",
    "ru": "Совет решил в понедельник вновь открыть старый вокзал, закрытый уже много лет.",
    "uk": "Рада вирішила в понеділок знову відкрити старий вокзал, зачинений багато років.",
}
NOTHING_TO_READ = ["", " ", "123 456", "- | -", "\x00", "🙂🙂", "\u00ad"]


def with_engine(name: str) -> Pipeline:
    return Pipeline(Settings(language=LanguageSettings(engine=name)))  # type: ignore[arg-type]


def test_py3langid_is_asked_unless_the_settings_say_otherwise() -> None:
    assert "py3langid" == Settings().language.engine


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize("name", ASKED)
def test_an_engine_names_the_language_of_a_sentence(name: str, language: str) -> None:
    found = engine(name)(SENTENCES[language])

    assert language == max(found, key=lambda code: found[code])


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("text", [*NOTHING_TO_READ, *SENTENCES.values()])
def test_an_engine_gives_probabilities_whatever_it_reads(name: str, text: str) -> None:
    found = engine(name)(text)

    assert all(0 <= share <= 1 for share in found.values())
    assert sum(found.values()) <= 1.001  # sums of floats


@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_says_the_same_twice(name: str) -> None:
    first = [dict(engine(name)(text)) for text in SENTENCES.values()]

    assert first == [dict(ENGINES[name]()(text)) for text in SENTENCES.values()]


@pytest.mark.parametrize("name", ASKED)
def test_soft_hyphens_change_no_answer(name: str) -> None:
    text = SENTENCES["de"]

    assert engine(name)(text) == engine(name)(text.replace("n", "n\u00ad"))


@pytest.mark.parametrize("name", ASKED)
def test_the_language_of_a_page_is_told_by_any_engine(name: str) -> None:
    assert "fr" == with_engine(name).run(SENTENCES["fr"]).language


def test_without_an_engine_only_the_script_tells() -> None:
    pages = [SENTENCES["de"], "Το συμβούλιο αποφάσισε τη Δευτέρα να ανοίξει ξανά τον σταθμό."]

    assert [None, "el"] == [record.language for record in with_engine("off").map(pages)]


@pytest.mark.parametrize("name", ENGINES)
def test_any_engine_leaves_an_article_of_one_language_alone(name: str) -> None:
    text = "\n".join([SENTENCES["de"], SENTENCES["de"].replace("Zug", "Bus")])

    assert {Label.BODY} == {d.label for _, d in with_engine(name).run(text).explained}
