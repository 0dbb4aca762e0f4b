from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from cleaner import Pipeline
from cleaner.languages import engine
from cleaner.languages.lines import Told, foreign
from cleaner.languages.pages import PageLanguages, page_languages
from cleaner.languages.runs import Runs
from cleaner.measure import measure
from cleaner.measure.places import Places
from cleaner.text.segment import segment

PARAGRAPHS = {
    "de": "Der Gemeinderat hat am Montag beschlossen, den alten Bahnhof wieder zu öffnen. Er war"
    " seit vielen Jahren geschlossen, und niemand im Dorf glaubte noch an eine Rückkehr der Züge.",
    "en": "The council voted on Monday to reopen the old station, which had been closed for many"
    " years. Nobody in the village still believed that the trains would ever come back to them.",
    "es": "El ayuntamiento decidió el lunes volver a abrir la vieja estación, que llevaba cerrada"
    " muchos años. Nadie en el pueblo creía ya que los trenes fueran a regresar algún día.",
    "pt": "A câmara decidiu na segunda-feira reabrir a velha estação, que esteve fechada durante"
    " muitos anos. Ninguém na aldeia acreditava ainda que os comboios pudessem um dia voltar.",
    "da": "Kommunen besluttede mandag at genåbne den gamle station, som havde været lukket i mange"
    " år. Ingen i landsbyen troede længere på, at togene nogensinde ville komme tilbage igen.",
    "hr": "Vijeće je u ponedjeljak odlučilo ponovno otvoriti stari kolodvor, koji je bio zatvoren"
    " mnogo godina. Nitko u selu više nije vjerovao da će se vlakovi ikada vratiti ovamo.",
    "sr": "Веће је у понедељак одлучило да поново отвори стару станицу, која је била затворена"
    " много година. Нико у селу више није веровао да ће се возови икада вратити овамо.",
    "cs": "Zastupitelstvo v pondělí rozhodlo znovu otevřít staré nádraží, které bylo mnoho let"
    " zavřené. Nikdo ve vesnici už nevěřil, že se sem vlaky někdy vrátí a že budou zastavovat.",
    "id": "Dewan kota memutuskan pada hari Senin untuk membuka kembali stasiun lama yang sudah"
    " ditutup selama bertahun-tahun. Tidak ada warga desa yang percaya kereta akan kembali.",
    "ru": "Совет решил в понедельник вновь открыть старый вокзал, который был закрыт много лет."
    " Никто в деревне уже не верил, что поезда когда-нибудь вернутся и будут здесь стоять.",
    "uk": "Рада вирішила в понеділок знову відкрити старий вокзал, який був зачинений багато років."
    " Ніхто в селі вже не вірив, що поїзди колись повернуться і будуть тут зупинятися.",
    "ja": "町議会は月曜日、長年閉鎖されていた古い駅を再開することを決めた。"
    "列車がいつか戻ってくるとは、村の誰ももう信じていなかった。工事は来年の春に始まる予定で、費用は県が半分を負担するという。",
    "zh": "镇议会星期一决定重新开放关闭多年的旧火车站。村里已经没有人相信火车有一天还会回来。"
    "工程预计明年春天开始，费用由省里承担一半，居民们说他们等待这个消息已经很久了，现在终于可以放心。",
    "ar": "قرر المجلس يوم الاثنين إعادة فتح المحطة القديمة التي ظلت مغلقة لسنوات طويلة. لم يعد أحد"
    " في القرية يصدق أن القطارات ستعود يوما ما إلى هذا المكان البعيد عن المدينة الكبيرة.",
    "he": "המועצה החליטה ביום שני לפתוח מחדש את התחנה הישנה, שהייתה סגורה במשך שנים רבות. איש בכפר"
    " כבר לא האמין שהרכבות יחזרו אי פעם, ושהן יעצרו שוב במקום הזה כמו בימים ההם.",
}
LONG = {language: [text] * 3 for language, text in PARAGRAPHS.items()}


def told(language: str, *lines: str, second: str | None = None) -> Told:
    """What is told of some lines that stand below a paragraph of a page."""
    document = segment("\n".join([PARAGRAPHS[language], *lines]))
    pages = [PageLanguages(language, second)]
    [found] = foreign([document], measure([document]), pages, engine("py3langid"), 25)
    return Told(found.leaning[1:], found.foreign[1:])


def is_foreign(language: str, *lines: str, second: str | None = None) -> list[bool]:
    return (told(language, *lines, second=second).foreign > 0).tolist()


LONE = {
    "english": ("de", "The best recipes for the summer holidays at home"),
    "cyrillic": ("de", "Россия: новые законы"),
    "chinese": ("de", "今天的新闻和天气预报"),
    "thai": ("en", "ข่าววันนี้และพยากรณ์อากาศ"),
    "right to left": ("en", "أخبار اليوم والطقس في المدينة"),
    "arabic in hebrew": ("he", "أخبار اليوم والطقس في المدينة"),
    "upper case": ("de", "THE BEST RECIPES FOR THE SUMMER HOLIDAYS AT HOME"),
    "mixed scripts": ("de", "Новости дня от Apple и Google: что нового"),
    "latin in cyrillic": ("ru", "The best recipes for the summer holidays at home"),
    "latin in japanese": ("ja", "The best recipes for the summer holidays at home"),
    "soft hyphens": ("de", "The best reci\u00adpes for the sum\u00admer holi\u00addays at home"),
    "portuguese in spanish": ("es", "As melhores receitas para as férias de verão em sua casa"),
    "ukrainian in russian": ("ru", "Найкращі рецепти для літніх канікул удома з усією родиною"),
    "japanese in chinese": ("zh", "夏休みにおすすめのレシピをまとめてご紹介します。"),
    "chinese in japanese": ("ja", "今年夏天最受欢迎的家常菜谱都在这里为您介绍。"),
}


@pytest.mark.parametrize("case", LONE)
def test_a_line_of_another_language_is_told(case: str) -> None:
    language, line = LONE[case]

    assert is_foreign(language, line) == [True]


HOME = {
    "its own language": ("de", "Die besten Rezepte für die Sommerferien zu Hause"),
    "upper case": ("de", "DIE BESTEN REZEPTE FÜR DIE SOMMERFERIEN ZU HAUSE"),
    "too short": ("de", "Best of summer"),
    "names": ("de", "Foto: Giovanni Rossi, Jean-Luc Moreau"),
    "a product": ("ja", "MacBook Pro"),
    "a code": ("de", "x = foo(bar[0], 3.14)"),
    "digits": ("de", "12.03.2021 – 14:30"),
    "norwegian in danish": ("da", "De beste oppskriftene for sommerferien hjemme"),
    "malay in indonesian": ("id", "Resipi terbaik untuk cuti musim panas di rumah"),
    "serbian in croatian": ("hr", "Najbolji recepti za letnji raspust kod kuće"),
    "croatian in serbian": ("sr", "Najbolji recepti za ljetne praznike kod kuće"),
    "serbian in croatian, in cyrillic": ("hr", "Најбољи рецепти за летњи распуст код куће"),
    "serbian in latin letters": ("sr", "Najbolji recepti za letnji raspust kod kuće"),
    "slovak in czech, short": ("cs", "Najlepšie recepty na letné prázdniny"),
    "portuguese in spanish, short": ("es", "As melhores receitas de verão"),
    "spanish in portuguese, short": ("pt", "Las mejores recetas de verano"),
    "ukrainian in russian, short": ("ru", "Найкращі рецепти для літа"),
    "russian in ukrainian, short": ("uk", "Лучшие рецепты для лета дома"),
    "russian in latin letters": ("ru", "Segodnya v Moskve proshla bol'shaya demonstratsiya"),
    "kanji only in japanese": ("ja", "東京都庁舎"),
}


@pytest.mark.parametrize("case", HOME)
def test_a_line_that_may_be_the_pages_own_is_not_told_to_be_foreign(case: str) -> None:
    language, line = HOME[case]

    assert is_foreign(language, line) == [False]


RUNS = {
    "short": ("de", ["Best summer recipes ever", "Ten easy party games", "Why cats love boxes"]),
    "relatives": ("es", ["As melhores receitas de verão", "Dez jogos para as crianças"]),
    "ukrainian": ("ru", ["Найкращі рецепти для літа", "Десять ігор для дітей удома"]),
    "several": ("en", ["Die besten Rezepte im Sommer", "Les meilleures recettes de l’été"]),
    "behind marks": ("de", ["Best summer recipes ever", "-", "Ten easy party games", "-"]),
}


@pytest.mark.parametrize("case", RUNS)
def test_evidence_of_neighbours_counts_together(case: str) -> None:
    language, lines = RUNS[case]
    words = [line for line in lines if line != "-"]

    assert [False] * sum(len(line) < 25 for line in words) == [
        is_foreign(language, line)[0] for line in words if len(line) < 25
    ]
    assert [line != "-" for line in lines] == is_foreign(language, *lines)


def test_lines_of_the_pages_language_end_a_run() -> None:
    own = "Die besten Rezepte für die Sommerferien zu Hause"
    foreign = ("Ten easy party games", "So they say it here")

    assert [True, True] == is_foreign("de", *foreign)
    assert [False, False, False] == is_foreign("de", foreign[0], own, foreign[1])


def test_neighbours_that_share_their_words_with_each_other_are_foreign() -> None:
    lines = [
        f"The scientific name of this {kind} was first published by Linnaeus in his great book."
        for kind in ("bird", "fish")
    ]
    other = "The best recipes for the summer holidays at home"

    assert [True, True, True] == is_foreign("de", *lines, other)


def test_words_of_the_article_speak_for_the_page() -> None:
    name = "Love, Peace and Harmony Festival"
    [alone], [shared] = (
        told("de", name).leaning,
        told("de", name, PARAGRAPHS["de"] + name).leaning[:1],
    )

    assert shared < alone


def test_lines_of_a_second_language_are_at_home() -> None:
    line = "The best recipes for the summer holidays at home"

    assert [False] == is_foreign("de", line, second="en")


def languages_of(*paragraphs: str) -> PageLanguages:
    document = segment("\n".join(paragraphs))
    [found] = page_languages([document], measure([document]), engine("py3langid"))
    return found


@pytest.mark.parametrize("language", [x for x in PARAGRAPHS if x not in {"hr", "id"}])
def test_a_paragraph_tells_the_pages_language(language: str) -> None:
    assert PageLanguages(language) == languages_of(PARAGRAPHS[language])


@pytest.mark.parametrize(("first", "second"), [("de", "en"), ("en", "ru"), ("es", "pt")])
def test_paragraphs_in_two_languages_make_a_bilingual_page(first: str, second: str) -> None:
    one, other = PARAGRAPHS[first], PARAGRAPHS[second]

    assert {first, second} == set(languages_of(one, other, f"{one} {one}", f"{other} {other}"))


def test_twins_do_not_make_a_bilingual_page() -> None:
    norwegian = PARAGRAPHS["da"].replace("Ingen i landsbyen troede længere", "Ingen i bygda trodde")

    assert languages_of(*[PARAGRAPHS["da"]] * 2, *[norwegian] * 2).second is None


def test_a_block_of_foreign_headlines_does_not_name_the_page() -> None:
    headlines = ["Лучшие рецепты для летних каникул дома с семьёй", "Десять игр для детей дома"] * 7

    assert PageLanguages("de") == languages_of(PARAGRAPHS["de"], *headlines)


def test_a_page_that_says_too_little_has_no_language() -> None:
    assert PageLanguages() == languages_of("Startseite", "Impressum")


def test_a_bilingual_page_is_flagged_and_left_whole() -> None:
    one, other = PARAGRAPHS["de"], PARAGRAPHS["en"]

    record = Pipeline().run("\n".join([one, other, f"{one} {one}", f"{other} {other}"]))

    assert ("bilingual",) == record.flags
    assert not record.removed


def test_a_run_adds_up_odds_and_letters() -> None:
    leaning = np.asarray([1, 2, -1, 3, 0, 4], np.float32)
    letters, silent = np.full(6, 10, np.int32), np.asarray([0, 0, 0, 0, 1, 0], np.bool_)

    found = Runs.of(leaning, letters, silent, Places.of([6]))

    assert [2, 2, 0, 2, 0, 2] == found.lines.tolist()
    assert [3, 3, 0, 7, 0, 7] == found.odds.tolist()
    assert [20, 20, 0, 20, 0, 20] == found.letters.tolist()


def test_a_run_ends_with_its_page() -> None:
    leaning, letters = np.ones(4, np.float32), np.ones(4, np.int32)

    found = Runs.of(leaning, letters, np.zeros(4, np.bool_), Places.of([2, 2]))

    assert [2, 2, 2, 2] == found.lines.tolist()


def asked_together(pages: Sequence[Sequence[str]]) -> list[list[float]]:
    documents = [segment("\n".join(lines)) for lines in pages]
    measured, asked = measure(documents), engine("py3langid")
    languages = page_languages(documents, measured, asked)
    return [found.leaning.tolist() for found in foreign(documents, measured, languages, asked, 25)]


def test_what_is_told_of_a_page_does_not_depend_on_others() -> None:
    pages = [[text, "The best recipes", "Лучшие рецепты для лета"] for text in PARAGRAPHS.values()]

    assert asked_together(pages) == [found for page in pages for found in asked_together([page])]


@pytest.mark.parametrize(
    "text",
    [
        "Քաղաքը բացեց գետի վրայով անցնող նոր կամուրջը։ Շինարարությունը տևեց երեք տարի։",
        "ქალაქმა ორშაბათს მდინარეზე ახალი ხიდი გახსნა. მშენებლობა სამ წელს გაგრძელდა.",
        "நகராட்சி திங்கட்கிழமை ஆற்றின் மீது புதிய பாலத்தைத் திறந்தது. பணி மூன்று ஆண்டுகள் நீடித்தது.",
        "পৌরসভা সোমবার নদীর উপর নতুন সেতু খুলে দিয়েছে। নির্মাণে তিন বছর লেগেছে।",
        "ከተማው ሰኞ ዕለት በወንዙ ላይ አዲስ ድልድይ ከፈተ። ግንባታው ሦስት ዓመት ፈጅቷል።",
    ],
    ids=["armenian", "georgian", "tamil", "bengali", "amharic"],
)
def test_lines_in_a_script_of_one_language_are_at_home_though_engines_lack_it(text: str) -> None:
    document = segment(f"Home\nNews\n{text}\n{text[::-1]}\nPrivacy policy")
    measured = measure([document])
    pages = page_languages([document], measured, engine("py3langid"))
    [found] = foreign([document], measured, pages, engine("py3langid"), 25)

    assert pages[0].first in {"hy", "ka", "ta", "bn", "am"}
    assert not found.foreign.any()
