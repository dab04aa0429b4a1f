"""Every word of the pages stands in one place, in English and in French; templates hold none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from remit.web import wording

WEB = Path(wording.__file__).parent
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
FAMILIES = (
    "account.error.", "exchange.format.", "import.days.", "sanctions.strength.", "sanctions.agreement.", "sanctions.element.", "account.directory_", "account.tokens.scopes.",
    "nav.", "level.", "status.", "clock.", "kind.", "kind_help.", "relation.", "relation_in.", "review.", "measure.", "action.",
    "glossary.", "error.", "version_kind.", "undefined.", "saw_how.",
)  # fmt: skip
"""Wordings whose last part is a value; they are looked up by it."""


@pytest.mark.parametrize("key", sorted(wording.wordings()))
def test_wording__has_both_languages_and_the_same_places(key: str) -> None:
    words = wording.wordings()[key]
    assert set(words) == {"en", "fr"}
    places = []
    for language in ("en", "fr"):
        forms = words[language]
        texts = [forms] if isinstance(forms, str) else [forms["one"], forms["other"]]
        assert all(text.strip() for text in texts)
        places.append(set(re.findall(r"(?<!\{)\{(\w+)\}", " ".join(texts))))
    assert places[0] - {"n"} == places[1] - {"n"}


def test_wording__every_key_said_is_known() -> None:
    said = {
        key
        for file in [*TEMPLATES, *WEB.rglob("*.py")]
        for key in re.findall(r"""(?:say\(|\{% say )['"]([\w.-]+)['"]""", file.read_text("utf-8"))
    }
    assert len(said) > 100
    assert sorted(said - set(wording.wordings())) == []


def test_wording__every_key_is_said_somewhere() -> None:
    text = "\n".join(file.read_text("utf-8") for file in [*TEMPLATES, *WEB.rglob("*.py")])
    unused = [
        k
        for k in wording.wordings()
        if not k.startswith(FAMILIES) and not re.search(rf"""['"]{re.escape(k)}['"]""", text)
    ]
    assert unused == []


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.stem)
def test_template__holds_no_words_of_its_own(file: Path) -> None:
    text = re.sub(r"\{[%{#].*?[%}#]\}", "", file.read_text("utf-8"), flags=re.DOTALL)
    spoken = re.findall(r"""(?:aria-label|title|placeholder|alt)=["']([^"']*[A-Za-z]{2}[^"']*)["']""", text)
    text = re.sub(r"<[^>]*>", " ", text)
    assert (spoken, re.findall(r"[^\W\d_]{2,}", text)) == ([], [])


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.stem)
def test_template__brings_nothing_inline_and_nothing_from_elsewhere(file: Path) -> None:
    text = file.read_text("utf-8")
    assert not re.search(
        r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son(?:click|load|change|submit|error|input|focus|key)[a-z]*=|https?://|javascript:",
        text,
    )


def test_grouped__writes_numbers_as_each_language_does() -> None:
    assert (wording.grouped(13289, "en"), wording.grouped(13289, "fr")) == ("13,289", "13\u202f289")
    assert (wording.grouped(66.7, "en"), wording.grouped(66.7, "fr")) == ("66.7", "66,7")


@pytest.mark.parametrize(
    ("number", "en", "fr"), [(0, "0 records", "0 fiche"), (1, "1 record", "1 fiche"), (2, "2 records", "2 fiches")]
)
def test_say__chooses_the_plural_of_each_language(number: int, en: str, fr: str) -> None:
    assert (wording.say("list.count", "en", n=number), wording.say("list.count", "fr", n=number)) == (en, fr)
