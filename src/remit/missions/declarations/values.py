"""What the shapes of all files share: words, keys, days, and how a value is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

from remit.kernel.errors import BadInput
from remit.kernel.issues import Issue
from remit.kernel.periods import Period, parse_day, parse_period
from remit.kernel.wording import Words, same


class Declaration(BaseModel):
    """A part of a file: closed keys, nothing coerced."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, arbitrary_types_allowed=True)


def refusal(issue: Issue) -> PydanticCustomError:
    """Return the error by which a validator carries an issue out of pydantic."""
    remedy = issue.remedy or same("")
    return PydanticCustomError(
        "remit",
        "{code}",
        {"code": issue.code, "en": issue.message.en, "fr": issue.message.fr, "do_en": remedy.en, "do_fr": remedy.fr},
    )


def refuse(code: str, en: str, fr: str, do_en: str = "", do_fr: str = "") -> PydanticCustomError:
    """Return the error for a value that a validator of ours refuses."""
    return refusal(Issue(code, Words(en, fr), Words(do_en, do_fr)))


def _reading(parse: Callable[[str], Any]) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if not isinstance(value, str | int) or isinstance(value, bool):
            return value
        try:
            return parse(str(value))
        except BadInput as error:
            raise refusal(error.issues[0]) from None

    return read


def _instant(text: str) -> str:
    try:
        at = datetime.fromisoformat(text)
        if at.tzinfo is None:
            raise ValueError(text)
    except ValueError:
        raise refuse(
            "MIS-015",
            f"“{text}” is not an instant.",
            f"« {text} » n’est pas un instant.",
            "Write day, time and zone, for example 2017-07-14T02:10:00Z.",
            "Écrivez le jour, l’heure et le fuseau, par exemple 2017-07-14T02:10:00Z.",
        ) from None
    return text


def _number_as_text(value: Any) -> Any:
    """A whole number stands for its digits (``serves: [3]``); a fraction may have lost some and is refused."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def decimal(value: Any) -> Any:
    """A whole number where a decimal one is expected is one."""
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def listed(value: Any) -> Any:
    """One text stands for a list of one."""
    return [value] if isinstance(value, str) else value


class Wording(Declaration):
    """Words in both languages."""

    en: Annotated[str, StringConstraints(min_length=1)]
    fr: Annotated[str, StringConstraints(min_length=1)]

    @property
    def words(self) -> Words:
        """The words as the core uses them."""
        return Words(self.en, self.fr)


def _wording(value: Any) -> Any:
    return {"en": value, "fr": value} if isinstance(value, str) else value


InWords = Annotated[Wording, BeforeValidator(_wording)]
"""``{en:, fr:}``, or one text that reads the same in both."""

Number = Annotated[float, BeforeValidator(decimal)]
"""A number, whole or decimal."""

Text = Annotated[str, BeforeValidator(_number_as_text)]
"""A text; a whole number stands for its digits."""

Texts = Annotated[list[Text], BeforeValidator(listed)]
"""A list of texts, or one text."""

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
"""The name of a declared thing: small letters, digits and hyphens."""

FieldKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
"""The name of a field: small letters, digits and single underscores (it becomes a column)."""

MandatePath = Annotated[Text, StringConstraints(pattern=r"^[0-9]+(\.([a-z]+|[0-9]+|-[0-9]+))*$")]
"""The place of a provision: ``20.a.ii.-1``."""

Paths = Annotated[list[MandatePath], BeforeValidator(lambda value: value if isinstance(value, list) else [value])]
"""Several of them, or one."""

Day = Annotated[date, BeforeValidator(_reading(parse_day))]
"""A day that exists, ``2017-06-29``."""

Span = Annotated[Period, BeforeValidator(_reading(parse_period))]
"""A half-open period, in any of the forms that `parse_period` reads."""

Instant = Annotated[str, BeforeValidator(_reading(_instant))]
"""An aware instant, kept as it is written."""
