"""Names of charsets, and the codecs they stand for on the web."""

from __future__ import annotations

import codecs
from collections.abc import Mapping

# WHATWG Encoding Standard, names and labels, where Python knows another encoding by a name, or
# none. UTF-16 without a byte order is little-endian there, and the machine's own in Python.
_CODECS = {
    "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8",
    "utf-16-le": "utf-16 csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff",
    "utf-16-be": "unicodefffe",
    "cp1250": "x-cp1250",
    "cp1251": "x-cp1251",
    "cp1252": "ascii x-cp1252 x-user-defined iso88591",
    "cp1252 iso8859-1": "iso8859-1",
    "cp1253": "x-cp1253",
    "cp1254": "x-cp1254 iso88599",
    "cp1254 iso8859-9": "iso8859-9",
    "cp1255": "x-cp1255",
    "cp1256": "x-cp1256",
    "cp1257": "x-cp1257",
    "cp1258": "x-cp1258",
    "cp874": "dos-874 windows-874 iso885911",
    "cp874 iso8859-11": "iso8859-11",
    "cp874 tis-620": "tis-620",
    "iso8859-2": "iso88592",
    "iso8859-3": "iso88593",
    "iso8859-4": "iso88594",
    "iso8859-5": "iso88595",
    "iso8859-6": "iso88596 csiso88596e csiso88596i iso-8859-6-e iso-8859-6-i",
    "iso8859-7": "iso88597 sun_eu_greek",
    "iso8859-8": "iso88598 csiso88598e csiso88598i iso-8859-8-e iso-8859-8-i logical visual",
    "iso8859-10": "iso885910",
    "iso8859-13": "iso885913",
    "iso8859-14": "iso885914",
    "iso8859-15": "iso885915 csisolatin9",
    "koi8-r": "koi koi8",
    "koi8-u": "koi8-ru",
    "mac-roman": "csmacintosh mac x-mac-roman",
    "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "gb18030": "gb2312 gbk x-gbk csgb2312 gb_2312 gb_2312-80",
    "big5hkscs": "cn-big5 x-x-big5",
    "big5hkscs big5": "big5",
    "cp932": "x-sjis windows-31j",
    "cp932 shift_jis": "shift_jis",
    "cp949": "euc_kr windows-949 cseuckr csksc56011987 iso-ir-149 ks_c_5601-1989 ksc_5601",
    "euc_jp": "cseucpkdfmtjapanese x-euc-jp",
}
_CODECS_OF: Mapping[str, tuple[str, ...]] = {
    name: tuple(found.split()) for found, names in _CODECS.items() for name in names.split()
}
# They read escapes in plain text, take quadratic time, or differ from system to system.
_NEVER = frozenset(
    ("utf-7", "utf-32", "unicode-escape", "raw-unicode-escape", "idna", "punycode", "mbcs", "oem")
)
_BLANKS_AND_QUOTES = " \t\n\f\r\"'"


def declared_codecs(name: str) -> tuple[str, ...]:
    """The codecs that a declared charset stands for, the likeliest first; none if unknown.

    >>> declared_codecs("ISO-8859-1")
    ('cp1252', 'iso8859-1')
    >>> declared_codecs("klingon")
    ()
    """
    label = name.strip(_BLANKS_AND_QUOTES).lower()
    if label in _CODECS_OF:
        return _CODECS_OF[label]
    try:
        found = codecs.lookup(label)
    except (LookupError, ValueError):  # ValueError: a NUL or a surrogate in the name
        return ()
    is_text = getattr(found, "_is_text_encoding", True)
    return _CODECS_OF.get(found.name, (found.name,)) if is_text and found.name not in _NEVER else ()
