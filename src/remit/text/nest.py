"""Step 8: items to paths: ``20.a.ii.-1`` is paragraph 20 (a) (ii), first dash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from remit.text.join import ends_sentence
from remit.text.marks import roman
from remit.text.number import Numbered

LevelKind = Literal["small", "roman", "capital", "digit", "double", "dash"]


@dataclass(slots=True)
class _Level:
    kind: LevelKind
    value: int
    label: str
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Nested:
    """A numbered piece with its path; ``expected`` is the label that should have stood there, "" where it does."""

    numbered: Numbered
    path: str
    expected: str = ""


def nest(numbered: Sequence[Numbered]) -> tuple[Nested, ...]:
    """Return each piece with its path. Preamble and headings have none; a continuation has that of the item before it."""
    found: list[Nested] = []
    levels: list[_Level] = []
    last_number, last_path, before = "", "", ""
    for index, one in enumerate(numbered):
        expected = ""
        if one.role == "op" or one.number != last_number:
            levels = []
            last_number, last_path = one.number, one.number
        mark = one.piece.mark
        if one.role == "sub" and mark is not None:
            if mark.kind == "dash":
                _place_dash(levels, mark.label, before)
            else:
                expected = _place_label(levels, mark.label, before, _labels_behind(numbered, index))
            last_path = ".".join(filter(None, [one.number, *(level.label for level in levels)]))
        elif one.role == "cont" and not one.number:
            levels, last_path = [], ""
        path = last_path if one.role in ("op", "sub", "cont") else ""
        found.append(Nested(one, path, expected))
        before = one.piece.text
    return tuple(found)


def _labels_behind(numbered: Sequence[Numbered], index: int) -> tuple[str, ...]:
    """Return the labels of the items that follow in the same paragraph."""
    labels: list[str] = []
    for one in numbered[index + 1 :]:
        if one.role == "op" or one.number != numbered[index].number:
            break
        if one.role == "sub" and one.piece.mark is not None and one.piece.mark.kind == "item":
            labels.append(one.piece.mark.label)
    return tuple(labels)


def _readings(label: str) -> list[tuple[LevelKind, int]]:
    """Return what a label can mean, with its value: ``i`` is the first roman number and the ninth letter."""
    readings: list[tuple[LevelKind, int]] = []
    if label.isdigit():
        return [("digit", int(label))]
    if label.isupper():
        return [("capital", ord(label) - 64)]
    if len(label) == 1:
        readings.append(("small", ord(label) - 96))
    if (value := roman(label)) is not None:
        readings.append(("roman", value))
    if len(label) == 2 and label[0] == label[1] and label not in {"ii", "xx"}:
        readings.append(("double", ord(label[0]) - 96))
    return readings


def _place_label(levels: list[_Level], label: str, before: str, behind: Sequence[str]) -> str:
    """Put a label into the open levels; return the label that was expected where it does not follow."""
    readings = _readings(label)
    choices: list[tuple[int, int, LevelKind, int]] = []
    for depth in range(len(levels) - 1, -1, -1):
        for kind, value in readings:
            if levels[depth].kind == kind and value == levels[depth].value + 1:
                choices.append((0, depth, kind, value))
            elif kind == "double" and levels[depth].kind == "small" and value == levels[depth].value - 25:
                choices.append((0, depth, "small", value + 26))
    starts = [(kind, value) for kind, value in readings if value == 1]
    if starts and choices and _rather_starts(label, before, behind):
        choices = []
    if choices:
        _, depth, kind, value = choices[0]
        del levels[depth + 1 :]
        levels[depth] = _Level(kind, value, label)
        return ""
    if starts:
        kind, value = starts[-1] if label == "i" else starts[0]
        same = [depth for depth, level in enumerate(levels) if level.kind == kind]
        if same:  # a list that starts again at its own level
            del levels[same[-1] :]
        elif levels and levels[-1].kind == "dash":
            levels.pop()
        levels.append(_Level(kind, value, label))
        return ""
    return _place_out_of_turn(levels, label, readings)


def _rather_starts(label: str, before: str, behind: Sequence[str]) -> bool:
    """Tell whether an ``(i)`` after ``(h)`` opens a list under it: a colon stands before, or ``(ii)`` comes before ``(j)``."""
    if label != "i":
        return False
    following = [one for one in behind if one in ("ii", "j")]
    return following[:1] == ["ii"] or (ends_sentence(before) == ":" and following[:1] != ["j"])


def _place_out_of_turn(levels: list[_Level], label: str, readings: list[tuple[LevelKind, int]]) -> str:
    for depth in range(len(levels) - 1, -1, -1):
        for kind, value in readings:
            if levels[depth].kind == kind:
                expected = levels[depth].label
                del levels[depth + 1 :]
                levels[depth] = _Level(kind, value, label)
                return f"after ({expected})"
    kind, value = readings[0] if readings else ("small", 0)
    if levels and levels[-1].kind == "dash":
        levels.pop()
    levels.append(_Level(kind, value, label))
    return "first"


def _place_dash(levels: list[_Level], sign: str, before: str) -> None:
    open_dashes = [depth for depth, level in enumerate(levels) if level.kind == "dash"]
    same = [depth for depth in open_dashes if levels[depth].sign == sign]
    if same:
        del levels[same[-1] + 1 :]
        value = levels[-1].value + 1
        levels[-1] = _Level("dash", value, f"-{value}", sign)
    elif open_dashes and ends_sentence(before) != ":":
        del levels[open_dashes[-1] + 1 :]
        value = levels[-1].value + 1
        levels[-1] = _Level("dash", value, f"-{value}", sign)
    else:
        levels.append(_Level("dash", 1, "-1", sign))
