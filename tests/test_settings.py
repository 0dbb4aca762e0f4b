from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cleaner import Label, Pipeline, Settings, load_settings
from cleaner.errors import SettingsError
from cleaner.settings import PRESETS
from tests.laws import REAL


def written(folder: Path, text: str) -> Path:
    file = folder / "cleaner.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_without_file_and_flags_the_defaults_hold() -> None:
    assert Settings() == load_settings()


def test_titles_and_body_are_kept_by_default() -> None:
    assert {Label.TITLE, Label.BODY} == Settings().keep


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ('keep = ["body", "comment"]', "keep", {Label.BODY, Label.COMMENT}),
        ("comments = true", "comments", True),
        ('format = "markdown"', "format", "markdown"),
        ("links = true", "links", True),
        ("keep_source = true", "keep_source", True),
        ("max_removed_share = 0.5", "max_removed_share", 0.5),
        ('without = ["language"]', "without", {"language"}),
    ],
    ids=["keep", "comments", "format", "links", "keep_source", "max_removed_share", "without"],
)
def test_the_file_wins_over_the_default(
    tmp_path: Path, text: str, name: str, expected: object
) -> None:
    assert expected == getattr(load_settings(written(tmp_path, text)), name)


def test_language_settings_have_a_table_of_their_own(tmp_path: Path) -> None:
    language = load_settings(
        written(tmp_path, '[language]\nengine = "off"\nmin_letters = 9')
    ).language

    assert ("off", 9) == (language.engine, language.min_letters)


def test_a_flag_for_a_table_leaves_its_other_keys_alone(tmp_path: Path) -> None:
    file = written(tmp_path, '[fields]\ntext = "body"\nid = "key"')

    fields = load_settings(file, fields={"id": "doc"}).fields

    assert ("body", "doc", "url") == (fields.text, fields.id, fields.url)


def test_a_flag_wins_over_the_file(tmp_path: Path) -> None:
    file = written(tmp_path, 'keep = ["body"]\ncomments = true')

    assert {Label.META} == load_settings(file, keep=["meta"]).keep


def test_a_flag_that_says_nothing_leaves_the_file_alone(tmp_path: Path) -> None:
    file = written(tmp_path, 'keep = ["body"]\ncomments = true')

    found = load_settings(file, keep=None, comments=None)

    assert ({Label.BODY}, True) == (found.keep, found.comments)


def test_a_flag_can_take_back_what_the_file_says(tmp_path: Path) -> None:
    assert not load_settings(written(tmp_path, "comments = true"), comments=False).comments


def test_rule_packs_count_from_the_file_that_names_them(tmp_path: Path) -> None:
    file = written(tmp_path, 'rules = ["packs/mine.toml"]')

    assert (tmp_path / "packs" / "mine.toml",) == load_settings(file).rules


def test_absolute_rule_packs_stay_where_they_are(tmp_path: Path) -> None:
    pack = tmp_path / "elsewhere" / "mine.toml"
    file = written(tmp_path, f'rules = ["{pack.as_posix()}"]')

    assert (pack,) == load_settings(file).rules


def test_rule_packs_of_a_flag_count_from_here(tmp_path: Path) -> None:
    file = written(tmp_path, 'rules = ["packs/mine.toml"]')

    assert (Path("mine.toml"),) == load_settings(file, rules=[Path("mine.toml")]).rules


@pytest.mark.parametrize("name", ["weights", "repeats"])
def test_weights_and_counts_count_from_the_file_that_names_them(tmp_path: Path, name: str) -> None:
    found = load_settings(written(tmp_path, f'{name} = "mine"'))

    assert tmp_path / "mine" == getattr(found, name)


def test_weights_of_a_flag_count_from_here(tmp_path: Path) -> None:
    file = written(tmp_path, 'weights = "mine"')

    assert Path("other") == load_settings(file, weights=Path("other")).weights


def test_a_variable_wins_over_the_file(tmp_path: Path) -> None:
    file = written(tmp_path, 'keep = ["body"]\ncomments = true')

    found = load_settings(file, {"CLEANER_KEEP": "meta,title"})

    assert ({Label.META, Label.TITLE}, True) == (found.keep, found.comments)


def test_a_flag_wins_over_a_variable() -> None:
    assert not load_settings(None, {"CLEANER_COMMENTS": "true"}, comments=False).comments


@pytest.mark.parametrize(
    ("name", "value", "setting", "expected"),
    [
        ("CLEANER_PRESET", "strict", "preset", "strict"),
        ("CLEANER_MARGIN", "-0.5", "margin", -0.5),
        ("CLEANER_COMMENTS", "1", "comments", True),
        ("CLEANER_MAX_REMOVED_SHARE", "0.5", "max_removed_share", 0.5),
        ("CLEANER_WITHOUT", "language,repeats", "without", {"language", "repeats"}),
        ("CLEANER_RULES", "a.toml,b", "rules", (Path("a.toml"), Path("b"))),
        ("CLEANER_WEIGHTS", "mine", "weights", Path("mine")),
    ],
)
def test_every_kind_of_setting_can_be_a_variable(
    name: str, value: str, setting: str, expected: object
) -> None:
    assert expected == getattr(load_settings(None, {name: value}), setting)


def test_a_variable_sets_one_setting_of_a_table(tmp_path: Path) -> None:
    file = written(tmp_path, '[language]\nengine = "off"\nmin_letters = 9')

    language = load_settings(file, {"CLEANER_LANGUAGE_MIN_LETTERS": "40"}).language

    assert ("off", 40) == (language.engine, language.min_letters)


@pytest.mark.parametrize(
    "environment",
    [{"CLEANER_KEEP": ""}, {"CLEANER_PORT": "tcp://10.0.0.1"}, {"KEEP": "meta"}],
    ids=["empty", "of-no-setting", "without-prefix"],
)
def test_a_variable_that_says_nothing_is_passed_over(environment: dict[str, str]) -> None:
    assert Settings() == load_settings(None, environment)


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"CLEANER_KEEP": "bodies"}, r"CLEANER_KEEP: 'keep\.0': .*'bodies'"),
        ({"CLEANER_LANGUAGE_ENGINE": "x"}, r"CLEANER_LANGUAGE_ENGINE: 'language\.engine': .*'x'"),
        ({"CLEANER_MARGIN": "9"}, r"CLEANER_MARGIN: 'margin': .*'9'"),
    ],
    ids=["list", "table", "number"],
)
def test_a_wrong_variable_is_refused_by_its_name(environment: dict[str, str], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        load_settings(None, environment)


def test_what_is_wrong_in_the_file_is_told_of_the_file_whatever_the_environment_says(
    tmp_path: Path,
) -> None:
    file = written(tmp_path, '[language]\nengine = "oracle"')

    with pytest.raises(SettingsError, match=r"cleaner\.toml: 'language\.engine'"):
        load_settings(file, {"CLEANER_LANGUAGE_MIN_LETTERS": "9"})


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_says_what_other_settings_are(preset: Any) -> None:
    found = Settings(preset=preset).model_dump()

    assert {**Settings().model_dump(), "preset": preset, **PRESETS[preset]} == found


def test_what_is_set_wins_over_the_preset(tmp_path: Path) -> None:
    file = written(tmp_path, "margin = 0.5")

    assert 0.5 == load_settings(file, preset="strict").margin


def test_settings_come_back_from_what_they_are_written_as() -> None:
    settings = Settings(preset="gentle", keep={"body"})

    assert settings == Settings.model_validate(settings.model_dump(mode="json"))


def test_off_keeps_every_line_and_labels_it() -> None:
    text = "\n".join(REAL)

    record = Pipeline(Settings(preset="off")).run(text)

    assert ((), text) == (record.removed, record.text)
    assert {Label.TICKER, Label.BODY} < {label for _, _, label in record.kept}


def test_presets_remove_less_and_less() -> None:
    text = "\n".join(REAL)
    order = ("strict", "balanced", "gentle", "off")

    left = [len(Pipeline(load_settings(preset=preset)).run(text).kept) for preset in order]

    assert sorted(left) == left
    assert left[0] < left[-1]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            'kept = ["body"]',
            r"'kept': unknown setting; known are preset, margin, keep, extractor, comments, ",
        ),
        ('[language]\nmodel = "x"', r"'language\.model': unknown setting; known are engine, "),
        ('[fields]\nbody = "x"', r"'fields\.body': unknown setting; known are text, html, id, url"),
        ('[fields]\ntext = ""', r"'fields\.text': .*''"),
        ('keep = ["bodies"]', r"'keep\.0': .*'bodies'"),
        ('keep = "body"', r"'keep': .*'body'"),
        ("max_removed_share = 1.5", r"'max_removed_share': .*1\.5"),
        ("max_removed_share = -0.1", r"'max_removed_share': .*-0\.1"),
        ('comments = "perhaps"', r"'comments': .*'perhaps'"),
        ('language = "off"', r"'language': .*'off'"),
        ('[language]\nengine = "oracle"', r"'language\.engine': .*'langdetect'.*'oracle'"),
        ("[language]\nmin_letters = 0", r"'language\.min_letters': .*0"),
        ('rules = "mine.toml"', r"'rules': .*list.*'mine\.toml'"),
        ("rules = 5", r"'rules': .*5"),
        ("rules = [5]", r"'rules\.0': .*5"),
        ("weights = 5", r"'weights': .*5"),
        ("keep = []", r"'keep': "),
        ("keep", r"not valid TOML in UTF-8"),
        ("comments = true\ncomments = true", r"not valid TOML in UTF-8"),
    ],
    ids=[
        "unknown-key",
        "unknown-key-of-a-table",
        "unknown-field",
        "empty-name-of-a-field",
        "unknown-label",
        "string-for-a-list",
        "share-too-large",
        "share-too-small",
        "no-truth-value",
        "string-for-a-table",
        "unknown-engine",
        "number-too-small",
        "one-pack-as-a-string",
        "number-for-packs",
        "number-for-a-pack",
        "number-for-weights",
        "nothing-to-keep",
        "cut-off",
        "key-twice",
    ],
)
def test_a_wrong_file_is_refused_by_place_key_and_cure(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(SettingsError, match=rf"cleaner\.toml: {message}"):
        load_settings(written(tmp_path, text))


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "cleaner.toml"
    file.write_bytes(b'keep = ["\xff"]')

    with pytest.raises(SettingsError, match=r"cleaner\.toml: not valid TOML in UTF-8"):
        load_settings(file)


@pytest.mark.parametrize("name", ["missing.toml", "."], ids=["missing", "folder"])
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(tmp_path / name)


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        ({"keep": ["bodies"]}, r"settings: 'keep\.0': .*'bodies'"),
        ({"colour": "red"}, r"settings: 'colour': unknown setting; known are "),
    ],
    ids=["unknown-label", "unknown-flag"],
)
def test_a_wrong_flag_is_refused(flags: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        load_settings(**flags)


def test_an_unknown_stage_is_refused_with_the_known_ones() -> None:
    with pytest.raises(SettingsError, match=r"no stage 'tickers'; there are article, .*ticker"):
        Pipeline(Settings(without={"tickers"}))


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings().comments = True  # type: ignore[misc]


def test_settings_are_written_in_one_order() -> None:
    settings = Settings(keep={"title", "spam", "body"}, without={"spam", "article"})

    assert (["body", "spam", "title"], ["article", "spam"]) == (
        settings.model_dump(mode="json")["keep"],
        settings.model_dump(mode="json")["without"],
    )
