from __future__ import annotations

from pathlib import Path

import pytest
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from cleaner import Label, Pipeline, Settings
from cleaner.errors import SettingsError
from cleaner.languages import ENGINES, check, engine, is_installed
from cleaner.languages.py3langid import LANGUAGES, LEAST_PROBABILITY, LONGEST_CHARS
from cleaner.settings import LanguageSettings

PAGES = sorted((Path(__file__).parents[1] / "pages").glob("*.txt"))
THERE = [
    pytest.param(
        name,
        marks=pytest.mark.skipif(
            not is_installed(name), reason=f"the package of {name} is missing"
        ),
    )
    for name in ENGINES
]
ASKED = [each for each in THERE if each.values != ("off",)]
SENTENCES = {
    "de": "Der Zug kam um acht Uhr an, und niemand stieg aus, obwohl der Bahnhof offen war.",
    "en": "The council voted on Monday to reopen the old station, closed for many years.",
    "es": "Este artículo fue escrito por nuestro corresponsal en la ciudad de Madrid.",
    "fr": "Le conseil a décidé lundi de rouvrir la vieille gare, fermée depuis des années.",
    "ru": "Совет решил в понедельник вновь открыть старый вокзал, закрытый уже много лет.",
    "uk": "Рада вирішила в понеділок знову відкрити старий вокзал, зачинений багато років.",
}
# Sums of floats, added in another order.
NEAR = 1e-4
NOTHING_TO_READ = ["", " ", "123 456", "- | -", "\x00", "🙂🙂", "\u00ad"]


def with_engine(name: str) -> Pipeline:
    return Pipeline(Settings(language=LanguageSettings(engine=name)))  # type: ignore[arg-type]


def test_py3langid_is_asked_unless_the_settings_say_otherwise() -> None:
    assert "py3langid" == Settings().language.engine


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize("name", ASKED)
def test_an_engine_names_the_language_of_a_sentence(name: str, language: str) -> None:
    [found] = engine(name)([SENTENCES[language]])

    assert language == max(found, key=lambda code: found[code])


@pytest.mark.parametrize("name", THERE)
@pytest.mark.parametrize("text", [*NOTHING_TO_READ, *SENTENCES.values()])
def test_an_engine_gives_probabilities_whatever_it_reads(name: str, text: str) -> None:
    [found] = engine(name)([text])

    assert all(0 <= share <= 1 for share in found.values())
    assert sum(found.values()) <= 1.001  # sums of floats


@pytest.mark.parametrize("name", THERE)
def test_an_engine_says_the_same_twice(name: str) -> None:
    texts = [*SENTENCES.values()]

    assert list(engine(name)(texts)) == list(ENGINES[name]()(texts))


@pytest.mark.parametrize("name", THERE)
def test_an_engine_says_of_many_texts_what_it_says_of_each(name: str) -> None:
    texts = [*NOTHING_TO_READ, *SENTENCES.values(), *NOTHING_TO_READ] * 14

    assert [*engine(name)(texts)] == [answer for text in texts for answer in engine(name)([text])]


@pytest.mark.parametrize("name", THERE)
def test_an_engine_of_no_texts_has_no_answers(name: str) -> None:
    assert [] == list(engine(name)([]))


@pytest.mark.parametrize("name", ASKED)
def test_an_engine_has_nothing_to_say_of_half_a_character(name: str) -> None:
    assert 1 == len(engine(name)(["\ud83d kein ganzes Zeichen \udc00"]))


@pytest.mark.parametrize("name", ASKED)
def test_an_engine_names_norwegian_as_iso_does(name: str) -> None:
    [found] = engine(name)(
        ["Kommunen har vedtatt å gjenåpne den gamle jernbanestasjonen til våren."]
    )

    assert "no" == max(found, key=lambda code: found[code])


def test_an_engine_that_is_not_installed_is_refused_before_the_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("cleaner.languages.find_spec", lambda _: None)

    with pytest.raises(SettingsError, match=r"pip install 'cleaner\[lingua\]'"):
        with_engine("lingua")
    check("py3langid")


def test_py3langid_answers_as_the_library_does() -> None:
    library = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    library.set_languages(LANGUAGES)
    lines = [line for file in PAGES for line in file.read_text(encoding="utf-8").splitlines()]
    texts = [*NOTHING_TO_READ[:-1], *(line[:LONGEST_CHARS] for line in lines)]

    for text, told in zip(texts, engine("py3langid")(texts), strict=True):
        expected = dict(library.rank(text))
        likely = {code for code, share in expected.items() if share > LEAST_PROBABILITY + NEAR}

        assert {code: pytest.approx(expected[code], abs=NEAR) for code in told} == told
        assert likely <= told.keys()


@pytest.mark.parametrize("name", ASKED)
def test_soft_hyphens_change_no_answer(name: str) -> None:
    text = SENTENCES["de"]
    plain, hyphenated = engine(name)([text, text.replace("n", "n\u00ad")])

    assert plain == hyphenated


@pytest.mark.parametrize("name", ASKED)
def test_the_language_of_a_page_is_told_by_any_engine(name: str) -> None:
    assert "fr" == with_engine(name).run(SENTENCES["fr"]).language


def test_without_an_engine_only_the_script_tells() -> None:
    pages = [SENTENCES["de"], "Το συμβούλιο αποφάσισε τη Δευτέρα να ανοίξει ξανά τον σταθμό."]

    assert [None, "el"] == [record.language for record in with_engine("off").map(pages)]


@pytest.mark.parametrize("name", THERE)
def test_any_engine_leaves_an_article_of_one_language_alone(name: str) -> None:
    text = "\n".join([SENTENCES["de"], SENTENCES["de"].replace("Zug", "Bus")])

    assert {Label.BODY} == {d.label for _, d in with_engine(name).run(text).explained}
