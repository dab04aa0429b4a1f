"""People at work: each signed in with an account of the demonstration, asking pages one after the other."""

from __future__ import annotations

import http.client
import random
import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

TIMEOUT = 300


@dataclass(frozen=True)
class Page:
    """A page by its name; ``weight`` is how often people ask for it, ``at`` gives the address for a reader."""

    name: str
    weight: int
    at: Callable[[random.Random], str]


@dataclass
class Person:
    """A signed-in reader with a connection of his own."""

    port: int
    name: str
    password: str
    cookies: dict[str, str] = field(default_factory=dict)
    connection: http.client.HTTPConnection | None = None

    def sign_in(self) -> None:
        """Sign in.

        Raises:
            RuntimeError: it was refused.
        """
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.ask("/sign-in")[1])
        assert token is not None
        form = {"csrfmiddlewaretoken": token[1], "username": self.name, "password": self.password}
        status, body = self.ask("/sign-in", form)
        if status != 302:
            raise RuntimeError(f"{self.name} could not sign in: {status} {body[:300]}")

    def ask(self, path: str, form: Mapping[str, str] | None = None) -> tuple[int, str]:
        """Ask for a page, or send a form; return status and body. A connection that idled too long is opened anew."""
        kept = self.connection is not None
        try:
            return self._ask(path, form)
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            if not kept:
                raise
            self.connection = None
            return self._ask(path, form)

    def _ask(self, path: str, form: Mapping[str, str] | None) -> tuple[int, str]:
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is None:
            self.connection.request("GET", path, headers=headers)
        else:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            self.connection.request("POST", path, urlencode(form), headers)
        answer = self.connection.getresponse()
        body = answer.read().decode("utf-8", "replace")
        for given in answer.headers.get_all("Set-Cookie") or ():
            name, _, rest = given.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return answer.status, body


Times = dict[str, list[float]]
"""Seconds that each page took, by its name."""


def alone(person: Person, pages: Sequence[Page], times: int) -> tuple[Times, Times]:
    """Ask every page some times, nobody else being there; return the first time of each apart (cold)."""
    chance = random.Random(1)
    first: Times = defaultdict(list)
    found: Times = defaultdict(list)
    for turn in range(times + 1):
        for page in pages:
            (found if turn else first)[page.name].append(timed(person, page, chance))
    return first, found


def together(people: Sequence[Person], pages: Sequence[Page], seconds: float, pause: float) -> Times:
    """Have all people ask pages for so long, each pausing ``pause`` seconds on average between two (read, think, type)."""
    found: Times = defaultdict(list)
    end = time.monotonic() + seconds
    lock = threading.Lock()
    wrong: list[Exception] = []

    def work(nth: int, person: Person) -> None:
        chance = random.Random(nth)
        time.sleep(chance.random() * pause)
        while time.monotonic() < end and not wrong:
            [page] = chance.choices(pages, [one.weight for one in pages])
            try:
                took = timed(person, page, chance)
            except Exception as error:  # noqa: BLE001 - told below, by the thread that started this one
                wrong.append(error)
                return
            with lock:
                found[page.name].append(took)
            time.sleep(chance.expovariate(1 / pause) if pause else 0)

    threads = [threading.Thread(target=work, args=one) for one in enumerate(people)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    if wrong:
        raise wrong[0]
    return found


def timed(person: Person, page: Page, chance: random.Random) -> float:
    """Return how long a page took until its last byte.

    Raises:
        RuntimeError: it was not shown (a role that may not see a page is shown that, which counts as shown).
    """
    path = page.at(chance)
    start = time.perf_counter()
    status, body = person.ask(path)
    took = time.perf_counter() - start
    if status not in (200, 403, 404):
        raise RuntimeError(f"{person.name} {path}: {status} {body[:300]}")
    return took
