from __future__ import annotations

import pytest

from cleaner.comments.dates import is_date, iso_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12. Mai 2017 um 10:12 Uhr", "2017-05-12T10:12"),
        ("May 12th, 2017 at 12:05 am", "2017-05-12T00:05"),
        ("12 mai 2017 à 10h12", "2017-05-12T10:12"),
        ("1er août 2019", "2019-08-01"),
        ("3 de enero de 2020, 9:05", "2020-01-03T09:05"),
        ("11 maja 2021, 23:13", "2021-05-11T23:13"),
        ("12.05.2017, 10:12:30", "2017-05-12T10:12:30"),
        ("2017年5月12日 10:12", "2017-05-12T10:12"),
        ("2017-05-12T10:12:00+02:00", "2017-05-12T10:12:00+02:00"),
        ("2017-05-12T10:12:00+0200", "2017-05-12T10:12:00+02:00"),
        ("2017-05-12 10:12", "2017-05-12T10:12"),
        ("10:12, 12. März 2017", "2017-03-12T10:12"),
        ("25/12/2017", "2017-12-25"),
        ("12/25/2017", "2017-12-25"),
        ("03/04/2017", None),
        ("31. Februar 2017", None),
        ("10. Mai, 12:30 Uhr", None),
        ("vor 3 Stunden", None),
        ("2017-13-12", None),
        ("٣ مايو ٢٠١٧", None),
        ("", None),
    ],
)
def test_dates_are_told_where_they_are_sure(text: str, expected: str | None) -> None:
    assert expected == iso_date(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Am 12.05.2017 um 10:12 Uhr", True),
        ("Freitag, 12. Mai 2017", True),
        ("Urteil vom 11.10.2017, 5 W 221/17", False),
        ("Seit dem 12.05.2017 ist zu", False),
        ("Mai", False),
    ],
)
def test_a_date_says_nothing_else(text: str, expected: bool) -> None:  # noqa: FBT001  # a column
    assert expected == is_date(text)
