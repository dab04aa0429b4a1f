"""How strongly a provision binds, so that two of them can be set beside each other."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib.resources import files

import yaml

_OF_KIND: Mapping[str, int] = {"affirms": 0, "urges": 2, "requests": 3, "decides": 5}


@functools.cache
def load_steps(language: str = "en") -> Mapping[str, int]:
    """Return the step of each verb, from ``mandate/vocabulary/<language>/force.yaml``."""
    raw: list[list[str]] = yaml.safe_load(
        files("remit.mandate.vocabulary").joinpath(language, "force.yaml").read_text("utf-8")
    )
    return {verb: step for step, verbs in enumerate(raw) for verb in verbs}


def force_step(phrase: str, kind: str, language: str = "en") -> int | None:
    """Return how strongly a verb phrase binds, 0 (it affirms) to 5 (it decides); ``None`` where no verb of it is known.

    Args:
        phrase: the verb phrase as the text has it ("Further requests").
        kind: decides, requests, urges or affirms, for verbs that no step names.
        language: of the phrase.
    """
    small = f" {phrase.lower()} "
    steps = load_steps(language)
    known = [(small.find(f" {verb} "), step) for verb, step in steps.items() if f" {verb} " in small]
    if known:
        return min(known)[1]
    return _OF_KIND.get(kind)
