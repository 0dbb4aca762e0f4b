"""Names of people in fields and in bylines."""

from __future__ import annotations

import pytest

from cleaner.html.people import byline, is_person, listed, people


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ada Lovelace; Alan Turing / Grace Hopper",
            ("Ada Lovelace", "Alan Turing", "Grace Hopper"),
        ),
        ("Por Ada Lovelace y Alan Turing", ("Ada Lovelace", "Alan Turing")),
        ("Texte : Ada Lovelace", ("Ada Lovelace",)),
        ("'Ada Lovelace'", ("Ada Lovelace",)),
        ("Ada Lovelace (dpa)", ("Ada Lovelace",)),
        ("Ada Lovelace ada@example.com", ("Ada Lovelace",)),
        ("Redacci&oacute;n Diario", ("Redacción Diario",)),
        ("example.com, Berlin, Germany", ("example.com",)),
        ("Ada von Lovelace, Ph.D.", ("Ada von Lovelace",)),
        ("阿达", ("阿达",)),
        ("", ()),
        ("@ada", ()),
        ("n/a", ()),
    ],
)
def test_fields_of_authors(text: str, expected: tuple[str, ...]) -> None:
    assert expected == people(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("By Ada Lovelace, Staff Writer, and Alan Turing", ("Ada Lovelace", "Alan Turing")),
        ("Posted on May 3, 2019 by ada in News", ("ada",)),
        ("3. März 2019 von Ada", ("Ada",)),
        ("ByAda Lovelace Dec 9, 2016", ("Ada Lovelace",)),
        ("Von Ada Lovelace am Samstag, 19. Oktober 2019", ("Ada Lovelace",)),
        ("Die Reise von Ada Lovelace nach London war lang.", ()),
        ("Bild von Ada Lovelace", ()),
        ("Von der Straße ab und in den Graben gerutscht", ()),
    ],
)
def test_bylines(text: str, expected: tuple[str, ...]) -> None:
    assert expected == byline(text)


def test_a_sentence_is_no_list_of_names() -> None:
    assert () == listed("Ada Lovelace rechnet wieder.")


@pytest.mark.parametrize("name", ["Redaktion", "AFP", "example.de", "sv_team", "Verlag GmbH"])
def test_offices_and_accounts_are_no_people(name: str) -> None:
    assert not is_person(name)
