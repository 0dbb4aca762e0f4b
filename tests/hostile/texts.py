"""Plain texts: bytes that are no text, texts that are no lines, lines that are no page."""

from __future__ import annotations

import codecs

from tests.hostile.cases import Case, sized, text

GERMAN = "Der Zug fährt über die Brücke, und niemand weiß, wohin die Reise heute führt."
RUSSIAN = "Поезд идёт через мост, и никто не знает, куда сегодня ведёт дорога."
JAPANESE = "列車は橋を渡り、今日の旅がどこへ向かうのか誰も知らない。駅は長い間閉まっていた。"
GREEK = "Το τρένο περνά τη γέφυρα και κανείς δεν ξέρει πού οδηγεί το ταξίδι σήμερα."
CHINESE = "火车驶过大桥，没有人知道今天的旅程通向何方。车站已经关闭多年，如今重新开放。"
KOREAN = "기차가 다리를 건너고 오늘 여행이 어디로 가는지 아무도 모른다."
ARABIC = "يعبر القطار الجسر ولا أحد يعرف إلى أين تقود الرحلة اليوم."
NONE: list[str] = []

BYTES = (
    text("empty file", b"", ids=["page.txt"], flags={"empty"}, repairs=NONE),
    text("only white space", " \n\t\r\n\u3000\u00a0\n", flags={"empty"}, repairs=NONE),
    text("only line feeds", "\n" * 100_000, flags={"empty"}),
    text("only a byte order mark", codecs.BOM_UTF8, repairs=NONE),
    text("one letter", "a", has=["a"]),
    text("byte order mark before the text", codecs.BOM_UTF8 + GERMAN.encode(), has=[GERMAN]),
    text("two byte order marks", codecs.BOM_UTF8 * 2 + GERMAN.encode(), has=[GERMAN]),
    text("NULs in a text", "Der Zug\0 fährt\0 über", has=["\0"], repairs=["nul: kept"]),
    text("only NULs", b"\0" * 1000, repairs=["nul: kept"]),
    text("a NUL at the end", GERMAN + "\0", has=[GERMAN], repairs=["nul: kept"]),
    text(
        "UTF-16 with a mark, little-endian",
        codecs.BOM_UTF16_LE + GERMAN.encode("utf-16-le"),
        has=[GERMAN],
        encoding="utf-16-le",
    ),
    text(
        "UTF-16 with a mark, big-endian",
        codecs.BOM_UTF16_BE + GERMAN.encode("utf-16-be"),
        has=[GERMAN],
        encoding="utf-16-be",
    ),
    text(
        "UTF-16 without a mark, little-endian",
        GERMAN.encode("utf-16-le"),
        has=[GERMAN],
        repairs=["encoding_guessed: utf-16-le, by its NUL bytes"],
    ),
    text(
        "UTF-16 without a mark, big-endian",
        GERMAN.encode("utf-16-be"),
        has=[GERMAN],
        repairs=["encoding_guessed: utf-16-be, by its NUL bytes"],
    ),
    text("UTF-16 of Cyrillic without a mark", RUSSIAN.encode("utf-16-le"), has=[RUSSIAN]),
    text(
        "UTF-16 cut in the middle of a character",
        codecs.BOM_UTF16_LE + GERMAN.encode("utf-16-le")[:-1],
        has=["Der Zug fährt"],
        repairs=["invalid_bytes: read as windows-1252"],
    ),
    text(
        "UTF-16 with half a pair of surrogates",
        codecs.BOM_UTF16_LE + b"\x3d\xd8" + GERMAN.encode("utf-16-le"),
        has=[GERMAN],
        repairs=["lone_surrogates: replaced by U+FFFD"],
    ),
    text("UTF-32", codecs.BOM_UTF32_LE + GERMAN.encode("utf-32-le"), has=[GERMAN]),
    text("UTF-8 cut in the middle of a character", "Über den Fluß".encode()[:-1], has=["Über"]),
    text(
        "overlong UTF-8",
        b"Ein Pfad: " + b"\xc0\xae\xc0\xae\xc0\xaf" + (GERMAN * 2).encode(),
        has=["Ein Pfad", GERMAN],
        lacks=["../"],
    ),
    text("overlong NUL", GERMAN.encode() + b"\xc0\x80", has=[GERMAN], lacks=["\0"]),
    text(
        "surrogates in UTF-8",
        GERMAN.encode() + b" \xed\xa0\x80 " + GERMAN.encode(),
        has=[GERMAN],
        repairs=["invalid_bytes: read as windows-1252"],
    ),
    text("characters beyond Unicode", GERMAN.encode() + b" \xf5\x80\x80\x80", has=[GERMAN]),
    text("only continuation bytes", b"\x80\xbf" * 500),
    text("every byte there is", bytes(range(256))),
    text("every byte in turn, a hundred times", bytes(range(256)) * 100),
    text(
        "windows-1252",
        GERMAN.encode("cp1252"),
        has=[GERMAN],
    ),
    text("windows-1251", "\n".join([RUSSIAN] * 3).encode("cp1251"), has=[RUSSIAN]),
    text("KOI8-R", "\n".join([RUSSIAN] * 3).encode("koi8-r"), has=[RUSSIAN]),
    text("windows-1253", "\n".join([GREEK] * 3).encode("cp1253"), has=[GREEK]),
    text("Shift JIS", "\n".join([JAPANESE] * 3).encode("cp932"), has=[JAPANESE]),
    text("EUC-JP", "\n".join([JAPANESE] * 3).encode("euc_jp"), has=[JAPANESE]),
    text("GB 18030", "\n".join([CHINESE] * 3).encode("gb18030"), has=[CHINESE]),
    text("EUC-KR", "\n".join([KOREAN] * 3).encode("cp949"), has=[KOREAN]),
    text("windows-1256", "\n".join([ARABIC] * 3).encode("cp1256"), has=[ARABIC]),
    text(
        "two encodings in one file",
        GERMAN.encode() + b"\n" + GERMAN.encode("cp1252") + b"\n" + GERMAN.encode(),
        has=[f"{GERMAN}\n{GERMAN}\n{GERMAN}"],
        repairs=["invalid_bytes: read as windows-1252"],
    ),
    text(
        "one bad byte in a million lines",
        (GERMAN + "\n").encode() * sized(1_000_000) + GERMAN.encode() + b" \xe9t\xe9.",
        has=["été"],
        repairs=["invalid_bytes: read as windows-1252"],
    ),
    text("garbled before it was written", GERMAN.encode().decode("cp1252"), has=["fÃ¤hrt"]),
    text("escapes of UTF-7 are text", "Hi Mom +Jjo--! " + GERMAN, has=["+Jjo--"]),
    text("PNG", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 20),
    text("ELF", b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x03\0>\0" * 400),
    text("gzip by another name", b"\x1f\x8b\x08\0\0\0\0\0\0\x03" + bytes(range(256))),
)

LINES = (
    text("one line of 200 MB", "Wort " * sized(40_000_000), flags={"long_lines"}),
    text("one line of 20 MB without a blank", "字" * sized(7_000_000), flags={"long_lines"}),
    text("a million short lines", "".join(f"Zeile {i}\n" for i in range(sized(1_000_000)))),
    text("a million times the same line", f"{GERMAN}\n" * sized(1_000_000), has=[GERMAN]),
    text("a million blank lines between two", f"{GERMAN}\n" + "\n" * 1_000_000 + GERMAN),
    text("lines of carriage returns", f"{GERMAN}\r" * 5, has=[GERMAN]),
    text("all ends of lines in one", f"a\n{GERMAN}\r\nb\r{GERMAN}\n\rc", has=[GERMAN]),
    text("what only looks like an end", f"{GERMAN}\u2028{GERMAN}\u0085{GERMAN}\v\f", has=[GERMAN]),
    text("blanks of 10 MB", "a" + " " * sized(10_000_000) + "b", has=["a", "b"]),
    text("a thousand tabs before each line", f"{chr(9) * 1_000}{GERMAN}\n" * 50, has=[GERMAN]),
    text("a line of dashes of 5 MB", "-" * sized(5_000_000)),
    text("a line of brackets", "(((((" * 2_000 + "[[[[" * 2_000),
    text("a million digits", "1234567890" * sized(100_000)),
    text("dates without end", "12.03.2021 um 14:05 Uhr " * 5_000),
    text("bylines without end", "Von Ada Lovelace und Alan Turing | " * 5_000),
    text("a date that does not exist", f"date 2021-99-99 {GERMAN}", has=["2021-99-99"]),
    text("a date in the year 9999", f"date 9999-12-31 {GERMAN}", has=[GERMAN]),
    text("addresses without end", "http://example.org/" + "a/" * 20_000 + f" {GERMAN}"),
)

CHARACTERS = (
    text(
        "right to left override", f"{GERMAN}\n\u202egpj.exe\u202c {GERMAN}", has=["\u202egpj.exe"]
    ),
    text("marks of direction without end", "\u202e" * 100_000 + GERMAN),
    text("isolates that nobody closes", "\u2066" * 10_000 + GERMAN, has=[GERMAN]),
    text("zero-width spaces in each word", "\u200b".join(GERMAN), has=["\u200b"]),
    text("only zero-width characters", "\u200b\u200c\u200d\u2060\ufeff" * 100),
    text("soft hyphens", "\u00ad".join(GERMAN), has=["\u00ad"]),
    text("a thousand accents on a letter", "a" + "\u0301" * 1_000 + f" {GERMAN}", has=["Zug"]),
    text("letters of other alphabets that look alike", "Раypаl: " + GERMAN, has=["Раypаl"]),
    text("full-width letters", "Ｋａｕｆｅｎ　Ｓｉｅ　ｊｅｔｚｔ" * 5),
    text("mathematical letters", "𝕭𝖚𝖞 𝖈𝖍𝖊𝖆𝖕 𝖜𝖆𝖙𝖈𝖍𝖊𝖘 " * 10),
    text("characters of tags", "\U000e0041\U000e0042" * 1_000 + GERMAN, has=[GERMAN]),
    text("private characters", "\ue000\uf8ff\U000f0000" * 500),
    text("noncharacters", "\ufffe\uffff\U0001ffff" * 200 + GERMAN, has=[GERMAN]),
    text("control characters", "\x01\x02\x07\x08\x1b[31m\x7f" * 100 + GERMAN, has=[GERMAN]),
    text("commands to a terminal", f"\x1b]0;title\x07\x1b[2J{GERMAN}", has=[GERMAN]),
    text("families of emoji", "👨‍👩‍👧‍👦🏳️‍🌈" * 2_000),
    text("flags of no country", "🇦🇧🇨" * 2_000),
    text("one dotless and one dotted i", "İstanbul ıI İi ẞß ŉ ǰ ΐ " * 200),
    text("letters that grow when they are folded", "ﬃ" * 5_000 + "ŉ" * 5_000),
    text("Hangul in parts", "\u1112\u1161\u11ab" * 2_000),
    text("markup in a text", f"<script>alert(1)</script>\n{GERMAN}", has=["<script>", GERMAN]),
    text("a formula for a spreadsheet", f'=HYPERLINK("http://x")\n{GERMAN}', has=[GERMAN]),
    text("replacement characters", "\ufffd" * 10_000),
)

CASES: tuple[Case, ...] = (*BYTES, *LINES, *CHARACTERS)
