from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from cleaner import Label, Pipeline
from cleaner.model import Proposal
from cleaner.rules import load_rules
from cleaner.text.segment import segment

ARTICLE = (
    "Nach drei Wochen Pause fährt die Fähre über den Fluss wieder. Am Montag um sechs Uhr früh"
    " legte sie zum ersten Mal seit dem Hochwasser ab, an Bord waren zwölf Pendler und ein Hund."
)
LINK_FARMS = {
    "ar": "كازينو اون لاين مكافأة ترحيبية بدون إيداع",
    "cs": "Casino bonus bez vkladu za registraci 2023",
    "de": "Kredit ohne Schufa sofort auf das Konto",
    "en": "Buy cheap Viagra online without prescription",
    "es": "Los mejores casinos online con bonos sin depósito",
    "fr": "Meilleur casino en ligne fiable",
    "id": "Situs slot gacor hari ini gampang maxwin",
    "it": "Migliori casino online con bonus senza deposito",
    "ja": "オンラインカジノ おすすめ ランキング 入金不要ボーナス",
    "nl": "Beste online casino met bonus zonder storting",
    "pl": "Kasyno online bonus bez depozytu za rejestrację",
    "pt": "Melhores cassinos online com bônus sem depósito",
    "ru": "Казино онлайн официальный сайт, рабочее зеркало",
    "sv": "Bästa casino utan svensk licens bonus",
    "tr": "Deneme bonusu veren bahis siteleri 2023",
    "uk": "Онлайн казино бездепозитний бонус за реєстрацію",
    "vi": "Nhà cái uy tín số 1 châu Á, tặng code tân thủ",
    "zh": "线上娱乐城注册送体验金官网",
}


def said(*lines: str, article: str = ARTICLE) -> list[Proposal]:
    """What the spam stage says of lines below an article."""
    pipeline = Pipeline()
    [page] = pipeline.pages([segment("\n".join([article, *lines]))])
    return [voice for voice in pipeline.active["spam"](page) if voice.first > 0]  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LINK_FARMS)
def test_what_link_farms_write_is_found_on_a_page_of_another_language(language: str) -> None:
    assert f"spam.seo.{language}" in {voice.rule for voice in said(LINK_FARMS[language])}


def test_the_reason_names_the_words_that_matched() -> None:
    [voice] = said("Sie hier: Kredit ohne Schufa sofort auf das Konto")

    assert "reads like a line of a link farm: 'Kredit ohne Schufa sofort'" == voice.reason


def test_the_ledger_names_the_words_that_matched() -> None:
    removed = Pipeline().run(f"{ARTICLE}\nViagra rezeptfrei kaufen").removed

    reasons = [each.reason for gone in removed for each in gone.evidence if each.stage == "spam"]
    assert any("'Viagra rezeptfrei" in reason for reason in reasons)


def test_many_words_are_cut_short_in_the_reason() -> None:
    line = (
        "Before you go on to read all of what we have to say: this post contains affiliate links."
    )

    [reason] = [voice.reason for voice in said(line) if voice.rule == "spam.affiliate.en"]

    assert reason.endswith(": 'Before you go on to read all of what we have to say: this p…'")


WITHIN_WORDS = [
    "Der Sozialist sprach über Spezialisten und Cialisten.",
    "Das Cassino in Montecassino ist ein Kloster.",
    "Slotmaschinen gab es in Las Vegas schon 1899.",
]


@pytest.mark.parametrize("line", WITHIN_WORDS)
def test_parts_of_words_are_no_spam(line: str) -> None:
    assert [] == said(line)


STUFFED = [
    "cheap shoes, shoes online, buy shoes, best shoes, shoes sale",
    "Hotel Berlin, Hotel Hamburg, Hotel München, Hotel Köln, Hotel Bonn",
    "купить диван | диван недорого | диван цена | угловой диван | диван",
]


@pytest.mark.parametrize("line", STUFFED)
def test_a_list_that_repeats_a_word_is_stuffed(line: str) -> None:
    assert "spam.stuffing" in {voice.rule for voice in said(line)}


NOT_STUFFED = [
    "red shoes, blue hats, green gloves, white shirts, black coats",
    "Mit Anna Berg, Carla Dorn, Emil Frey, Gustav Hahn, Ida Jung",
    "Nie wieder, nie, nie, nie, so wahr ich hier stehe und es sage.",
]


@pytest.mark.parametrize("line", NOT_STUFFED)
def test_other_lists_are_not_stuffed(line: str) -> None:
    assert "spam.stuffing" not in {voice.rule for voice in said(line)}


@pytest.mark.parametrize("between", ["\u200b", "\u2060", "\ufeff"])
def test_words_taken_apart_by_what_nobody_sees_are_spam(between: str) -> None:
    assert "spam.zero_width.any" in {voice.rule for voice in said(between.join("viagra"))}


def book(folder: Path, *lines: str) -> Sequence[str]:
    """The rules that match a line of a German page, from a pack of one Polish rule."""
    keys = [
        'id = "test.word.pl"', 'label = "spam"', "weight = 0.5", 'pattern = "słowo"',
        'reason = "is a word"', 'hit = ["słowo"]', 'miss = ["inne"]', *lines,
    ]  # fmt: skip
    pack = folder / "pack.toml"
    pack.write_text("\n".join(["[[rule]]", *keys]), encoding="utf-8")
    return [rule.id for rule in load_rules(pack).matches("słowo", "de")]


def test_a_rule_for_everywhere_takes_part_on_pages_of_all_languages(tmp_path: Path) -> None:
    assert [] == book(tmp_path)
    assert ["test.word.pl"] == book(tmp_path, "everywhere = true")


def test_spam_of_a_link_farm_is_labelled_spam() -> None:
    [gone] = Pipeline().run(f"{ARTICLE}\n{LINK_FARMS['id']}").removed

    assert Label.SPAM == gone.label


@pytest.mark.parametrize(
    "sentence",
    [
        "Viele Patienten kaufen Viagra ohne Rezept in Online-Apotheken, warnt der Zoll.",
        "Der Bundestag will Online-Casinos künftig strenger regulieren.",
        "Ein Kredit ohne Schufa-Auskunft ist selten seriös, sagt die Verbraucherzentrale.",
        "Buying Viagra online without a prescription is illegal in most states, the FDA said.",
        "Regulators warned that online casinos offering no-deposit bonuses target young people.",
        "Payday loans with no credit check trap borrowers in debt, according to the report.",
        "Bitcoin fell below 30,000 dollars after the exchange halted withdrawals.",
        "Les casinos en ligne restent interdits en France, rappelle l'Autorité nationale des jeux.",
        "Онлайн-казино запрещены в России с 2006 года.",
    ],
)
def test_articles_about_medicine_gambling_and_money_stay(sentence: str) -> None:
    article = (
        "The committee met on Monday to discuss the new law.",
        sentence,
        "It was the third time that members had debated the proposal, which has divided parties.",
    )

    assert sentence in Pipeline().run("\n".join(article)).text
