"""What a page hides: spam goes, an article that is folded up stays."""

from __future__ import annotations

import pytest

from cleaner import Label, Pipeline, Record
from cleaner.model import HtmlPage

ARTICLE = """\
Nach drei Wochen Pause fährt die Fähre über den Fluss wieder. Am Montag legte sie ab.
Der Fährmann hatte die Anlegestelle vom Schlamm befreit. „So viel Wasser war hier noch nie.“
Die Gemeinde will den Steg nun erhöhen. Ob das Land zahlt, soll sich bald entscheiden.
""".splitlines()
FOLDED = (
    "Wer am Wochenende fahren will, soll vorher auf die Tafel am Ufer schauen, denn bei Nebel legt"
    " das Boot nicht ab."
)
OFFER = (
    "Unsere günstigen Ferienwohnungen mit Meerblick sind die beste Wahl für Familien, die einen"
    " preiswerten Urlaub am Strand suchen und online buchen wollen."
)
CASINO = "Bestes Online Casino ohne Einzahlung, Freispiele und Bonus jetzt sichern"
FOREIGN = "Скидки на зимние шины в вашем городе, доставка по всей России за один день."
NOT_SHOWN = ['style="display: none"', 'style="visibility:hidden"', "hidden"]
CONCEALED = {
    'style="color:#fff;background:#FFFFFF"': "has the colour of its background",
    'style="color: white; background-color: rgb(255,255,255)"': "has the colour of its background",
    'style="font-size:0"': "is text of no size",
    'style="font-size: 1px !important; margin: 0"': "is text of no size",
    'style="position:absolute; left:-9999px"': "is moved out of sight",
    'style="text-indent:-5000px"': "is moved out of sight",
}
SHOWN = [
    'style="color:#fff;background:#000"',
    'style="color:#fff"',
    'style="font-size:0.9em"',
    'style="font-size:1rem"',
    'style="margin-left:-10px"',
    'style="background:#fff"',
    'class="hidden-xs"',
]


def cleaned(inside: str) -> Record:
    """A page with an article, and this behind its first paragraph."""
    first, *rest = (f"<p>{text}</p>" for text in ARTICLE)
    return Pipeline().run(
        HtmlPage(
            "page",
            "<html lang=de><title>Die Fähre fährt wieder</title><article>"
            f"<h1>Die Fähre fährt wieder</h1>{first}{inside}{''.join(rest)}</article></html>",
        )
    )


def reasons(record: Record, text: str) -> dict[str, str]:
    """What was said of a line that went for spam."""
    [row] = [row for row in record.removed if row.text == text]
    assert Label.SPAM is row.label
    return {voice.rule: voice.reason for voice in row.evidence}


def is_whole(record: Record) -> bool:
    return all(text in record.text for text in ARTICLE)


@pytest.mark.parametrize("how", CONCEALED)
@pytest.mark.parametrize("markup", ["<div {}><p>{}</p></div>", "<p {}>{}</p>"])
def test_what_a_style_conceals_goes_and_the_ledger_says_how(how: str, markup: str) -> None:
    record = cleaned(markup.format(how, OFFER))

    assert CONCEALED[how] == reasons(record, OFFER)["spam.concealed"]
    assert is_whole(record)


@pytest.mark.parametrize("how", SHOWN)
def test_what_is_shown_stays(how: str) -> None:
    assert FOLDED in cleaned(f"<div {how}><p>{FOLDED}</p></div>").text


@pytest.mark.parametrize("how", NOT_SHOWN)
@pytest.mark.parametrize("text", [CASINO, FOREIGN])
def test_spam_that_is_not_shown_goes(how: str, text: str) -> None:
    record = cleaned(f"<div {how}><p>{text}</p></div>")

    assert reasons(record, text)["spam.unseen"].startswith("is not shown, and ")
    assert is_whole(record)


@pytest.mark.parametrize("how", NOT_SHOWN)
def test_an_article_that_is_folded_up_stays(how: str) -> None:
    record = cleaned(f'<button>Weiterlesen</button><div class="more" {how}><p>{FOLDED}</p></div>')

    assert FOLDED in record.text
    assert is_whole(record)


def test_a_heading_behind_a_picture_of_it_stays() -> None:
    html = (
        '<title>Die Fähre fährt wieder</title><h1 style="text-indent:-9999px">Die Fähre fährt'
        f" wieder</h1>{''.join(f'<p>{text}</p>' for text in ARTICLE)}"
    )

    assert "Die Fähre fährt wieder" == Pipeline().run(HtmlPage("page", html)).title


def test_text_that_gets_its_size_again_stays() -> None:
    inside = f'<div><div style="font-size:16px"><p>{FOLDED}</p></div></div>'

    assert FOLDED in cleaned(f'<div style="font-size:0">{inside}</div>').text


def test_an_article_that_a_script_moves_into_sight_stays() -> None:
    html = "".join(f"<p>{text}</p>" for text in ARTICLE)

    assert is_whole(Pipeline().run(HtmlPage("page", f'<div style="left:-9999px">{html}</div>')))


@pytest.mark.parametrize(
    "style",
    ["font-size:", "color:;background:", "color:rgb(;background:rgb(", ";" * 9_000, "-" * 9_000],
)
def test_broken_styles_conceal_nothing(style: str) -> None:
    assert FOLDED in cleaned(f'<p style="{style}">{FOLDED}</p>').text
