"""Bytes to text, and a record of everything that was not plain UTF-8."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from cleaner.model import Repair
from cleaner.text.charsets import declared_codecs

# Bounds the time of a guess to some 10 ms; 1,000 and 16,000 characters gave the same answers in 17
# languages.
SAMPLE_BYTES = 16_384
SAMPLE_CONTEXT_BYTES = 64
# A guess that does not fit the whole text gives way to the next; each costs a pass over the text.
GUESSES = 3

# UTF-16 is recognised by the NULs among its high bytes: Cyrillic has them at spaces and marks only,
# about 15 %. Shorter texts may have them by chance.
NULS_SHARE = 0.1
NULS_MIN_BYTES = 16
# What is valid UTF-8 as well (ASCII and most of Cyrillic in UTF-16) needs more: high bytes of
# alphabets (up to U+1FFF) are control characters, but for the odd dash or quotation mark.
CONTROLS_SHARE_IN_UTF8 = 0.8

# So few bad bytes tell nothing about another encoding: a stray one in a thousand, or up to three
# among other bytes.
FEW_BAD_SHARE = 0.001
FEW_BAD_BYTES = 3
FEW_BAD_BYTES_SHARE = 0.25

_MARKS = (  # the longer ones first: UTF-32 LE begins like UTF-16 LE
    (codecs.BOM_UTF32_LE, "utf-32-le", 4),
    (codecs.BOM_UTF32_BE, "utf-32-be", 4),
    (codecs.BOM_UTF16_LE, "utf-16-le", 2),
    (codecs.BOM_UTF16_BE, "utf-16-be", 2),
)

# Encodings of web pages. Without the exotic ones the guess is wrong half as often on one sentence
# in 40 languages and encodings (22 % against 33 %), and on 20 sentences (11 % against 22 %).
_WEB_ENCODINGS = (
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp874"),
    *("iso8859_2", "iso8859_5", "iso8859_7", "koi8_r", "cp866"),
    *("gb18030", "big5", "euc_jp", "cp932", "cp949"),
)

_ASCII = bytes(range(128))
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r"))
# Bytes that can be the second half of a character in a multi-byte encoding.
_PERHAPS_HALF = bytes(range(0x30, 256))
_HIGH_RE = re.compile(rb"[\x80-\xff]")
_ESCAPED_RE = re.compile("[\udc80-\udcff]+")
_SURROGATE_RE = re.compile("[\ud800-\udfff]")
_WINDOWS_1252 = "".join(
    chr(byte) if char == "\ufffd" else char
    for byte, char in enumerate(bytes(range(256)).decode("cp1252", "replace"))
)


Declared = str | Callable[[], str | None] | None


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read in, and what was repaired on the way."""

    text: str
    encoding: str
    repairs: tuple[Repair, ...] = ()


def decode(raw: bytes, declared: Declared = None) -> Decoded:
    r"""The text of any bytes; never raises, drops nothing, and puts every repair on record.

    `declared` is the charset that HTML or HTTP names, or finds it out; it counts, and is asked,
    only where the bytes are not UTF-8.
    A byte order mark stays as U+FEFF, NUL stays. Garbled text (mojibake) is NOT repaired: it was
    garbled before it was written down, and guessing at it would change words that are right.

    >>> decode("Füße".encode())
    Decoded(text='Füße', encoding='utf-8', repairs=())
    >>> broken = decode("Füße im ".encode() + b"Caf\xe9")
    >>> broken.text, broken.encoding
    ('Füße im Café', 'utf-8')
    >>> broken.repairs
    (Repair(kind='invalid_bytes', count=1, detail='read as windows-1252'),)
    >>> decode("Привет".encode("koi8-r"), declared="KOI8-R")
    Decoded(text='Привет', encoding='koi8-r', repairs=())
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return _with_nuls(_not_utf8(raw, declared))
    if b"\0" not in raw:
        return Decoded(text, "utf-8")
    wide = _utf16_by_nuls(raw, CONTROLS_SHARE_IN_UTF8)
    return _with_nuls(wide) if wide else Decoded(text, "utf-8", nul_repairs(text))


def nul_repairs(text: str, detail: str = "kept") -> tuple[Repair, ...]:
    """The record of the NULs in a text; empty if there are none."""
    count = text.count("\0")
    return (Repair("nul", count, detail),) if count else ()


def without_surrogates(text: str) -> tuple[str, tuple[Repair, ...]]:
    r"""The text with U+FFFD for every lone surrogate, which UTF-8 cannot hold, and the record.

    >>> without_surrogates("a\ud800")
    ('a�', (Repair(kind='lone_surrogates', count=1, detail='replaced by U+FFFD'),))
    """
    text, count = _SURROGATE_RE.subn("\ufffd", text)
    return text, (Repair("lone_surrogates", count, "replaced by U+FFFD"),) if count else ()


def _with_nuls(decoded: Decoded) -> Decoded:
    nuls = nul_repairs(decoded.text)
    return replace(decoded, repairs=(*decoded.repairs, *nuls)) if nuls else decoded


def _not_utf8(raw: bytes, declared: Declared) -> Decoded:
    found = _utf_by_mark(raw) or _utf16_by_nuls(raw)
    if found:
        return found
    broken, good, bad = _broken_utf8(raw)
    # Before the declared charset: UTF-8 that declares Latin-1 would decode with it, as mojibake.
    if good > bad:
        return _mended(broken, "utf-8", bad)
    name = declared() if callable(declared) else declared
    found = _as_declared(raw, name) if name else None
    if found:
        return found
    return _mended(broken, "utf-8", bad) if _few(bad, len(raw)) else _guessed(raw)


def _utf_by_mark(raw: bytes) -> Decoded | None:
    attempts = (_wide(raw, codec, width) for mark, codec, width in _MARKS if raw.startswith(mark))
    return next((decoded for decoded in attempts if decoded), None)


def _utf16_by_nuls(raw: bytes, controls_share: float = 0) -> Decoded | None:
    halves = {"utf-16-le": raw[1::2], "utf-16-be": raw[::2]}
    codec = max(halves, key=lambda name: halves[name].count(0))
    high, nuls = halves[codec], halves[codec].count(0)
    stray = raw.count(0) - nuls
    controls = len(high) - len(high.translate(None, _CONTROLS))
    if len(raw) < NULS_MIN_BYTES or nuls < NULS_SHARE * len(high) or stray * 10 > nuls:
        return None
    found = _wide(raw, codec, 2) if controls >= controls_share * len(high) else None
    guess = Repair("encoding_guessed", 1, f"{codec}, by its NUL bytes")
    return replace(found, repairs=(guess, *found.repairs)) if found else None


def _wide(raw: bytes, codec: str, width: int) -> Decoded | None:
    whole = len(raw) - len(raw) % width
    try:
        text = raw[:whole].decode(codec, "surrogatepass")
    except UnicodeDecodeError:  # not UTF-32: values above U+10FFFF
        return None
    text, surrogates = without_surrogates(text)
    rest = raw[whole:]
    repairs = (*surrogates, _invalid_bytes(len(rest))) if rest else surrogates
    return Decoded(text + _windows_1252(rest), codec, repairs)


def _broken_utf8(raw: bytes) -> tuple[str, int, int]:
    """The text with bad bytes escaped; how many characters beyond ASCII it has, and bad bytes."""
    escaped = raw.decode("utf-8", "surrogateescape")
    bad = len(raw) - len(escaped.encode("utf-8", "ignore"))
    ascii_bytes = len(raw) - len(raw.translate(None, _ASCII))
    return escaped, len(escaped) - ascii_bytes - bad, bad


def _mended(escaped: str, encoding: str, bad: int) -> Decoded:
    return Decoded(_ESCAPED_RE.sub(_unescaped, escaped), encoding, (_invalid_bytes(bad),))


def _unescaped(found: re.Match[str]) -> str:
    return _windows_1252(found.group().encode("ascii", "surrogateescape"))


def _windows_1252(raw: bytes) -> str:
    """The bytes as windows-1252; the five it leaves undefined as Latin-1."""
    return codecs.charmap_decode(raw, "strict", _WINDOWS_1252)[0]


def _invalid_bytes(count: int) -> Repair:
    return Repair("invalid_bytes", count, "read as windows-1252")


def _few(bad: int, length: int) -> bool:
    return bad <= length * FEW_BAD_SHARE or (
        bad <= FEW_BAD_BYTES and bad <= length * FEW_BAD_BYTES_SHARE
    )


def _as_declared(raw: bytes, declared: str) -> Decoded | None:
    attempts = (_strict(raw, codec) for codec in declared_codecs(declared))
    return next((decoded for decoded in attempts if decoded), None)


def _strict(raw: bytes, codec: str) -> Decoded | None:
    try:
        return Decoded(raw.decode(codec), _named(codec))
    except (LookupError, ValueError):  # LookupError: no text encoding, like base64
        return None


def _named(codec: str) -> str:
    """The codec's name as the web writes it; Python calls windows-1250 cp1250."""
    return codecs.lookup(codec).name.replace("cp125", "windows-125")


def _guessed(raw: bytes) -> Decoded:
    guesses = (codec for sample in _samples(raw) for codec in _guesses(sample))
    attempts = (_fitting(raw, codec) for codec in guesses)
    found = next((decoded for decoded in attempts if decoded), None)
    found = found or Decoded(_windows_1252(raw), "windows-1252")
    return replace(found, repairs=(Repair("encoding_guessed", 1, found.encoding), *found.repairs))


def _fitting(raw: bytes, codec: str) -> Decoded | None:
    """The bytes in this encoding if few of them are bad in it."""
    escaped = raw.decode(codec, "surrogateescape")
    bad = len(escaped) - len(escaped.encode("utf-8", "ignore").decode("utf-8"))
    if not bad:
        return Decoded(escaped, _named(codec))
    return _mended(escaped, _named(codec), bad) if _few(bad, len(raw)) else None


def _guesses(sample: bytes) -> list[str]:
    # Most texts are UTF-8 and never come here; they should not pay for the import.
    from charset_normalizer import from_bytes  # noqa: PLC0415

    matches = from_bytes(
        sample,
        chunk_size=max(512, len(sample) // 5),  # in 5 steps: all of the sample
        cp_isolation=list(_WEB_ENCODINGS),
        preemptive_behaviour=False,  # what the text declares was asked before
    )
    return [match.encoding for match in matches][:GUESSES]


def _samples(raw: bytes) -> Iterator[bytes]:
    """A sample, then its halves: a bad byte in one of them spoils the guess for the whole."""
    sample = _sample(raw)
    yield sample
    middle = sample.rfind(b"\n", 0, len(sample) // 2) + 1
    if middle:
        yield sample[:middle]
        yield sample[middle:]


def _sample(raw: bytes) -> bytes:
    """The first lines that are not ASCII; an encoding shows nowhere else."""
    sample = b"".join(_high_lines(raw))
    # Cut where no character of several bytes can be halved.
    return sample if len(sample) < SAMPLE_BYTES else sample.rstrip(_PERHAPS_HALF) or sample


def _high_lines(raw: bytes) -> Iterator[bytes]:
    start, left = 0, SAMPLE_BYTES
    while left and (found := _HIGH_RE.search(raw, start)):
        near = max(start, found.start() - SAMPLE_CONTEXT_BYTES)
        start = raw.rfind(b"\n", near, found.start()) + 1 or near
        line = raw[start : start + left]
        line = line[: line.find(b"\n", found.start() - start) + 1] or line
        yield line
        start, left = start + len(line), left - len(line)
