"""python -m docsite: writes the pages that are made from the program."""

from __future__ import annotations

from docsite.pages import ROOT, made

for file, text in made():
    if not file.is_file() or file.read_text(encoding="utf-8") != text:
        file.write_text(text, encoding="utf-8")
        print(file.relative_to(ROOT))
