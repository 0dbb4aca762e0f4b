"""Names of charsets as the web understands them."""

from __future__ import annotations

import codecs

import pytest

from cleaner.text.charsets import declared_codecs
from cleaner.text.decode import decode


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ISO-8859-1", "cp1252"),
        ("us-ascii", "cp1252"),
        ("x-user-defined", "cp1252"),
        ("latin5", "cp1254"),
        ("x-cp1251", "cp1251"),
        ("logical", "iso8859-8"),
        ("x-mac-roman", "mac-roman"),
        ("gb_2312-80", "gb18030"),
        ("KS_C_5601-1989", "cp949"),
        ("x-euc-jp", "euc_jp"),
        ("unicode", "utf-16-le"),
        ("unicode-1-1-utf-8", "utf-8"),
        (' "utf-8" ', "utf-8"),
    ],
)
def test_a_name_stands_for_what_browsers_take_it_for(name: str, expected: str) -> None:
    assert codecs.lookup(expected) == codecs.lookup(declared_codecs(name)[0])


@pytest.mark.parametrize(
    "name", ["", "klingon", "utf-7", "base64", "rot13", "hex", "a\0b", "\ud800"]
)
def test_what_is_no_charset_of_the_web_stands_for_nothing(name: str) -> None:
    assert () == declared_codecs(name)


def test_a_declared_name_that_python_lacks_is_heeded() -> None:
    raw = "Привет, это страница о погоде".encode("koi8-u")

    assert "Привет, это страница о погоде" == decode(raw, "koi8-ru").text
