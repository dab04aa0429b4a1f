"""The suite of the engines: one after the other over each database."""

from tests.engines.databases import database, engine
from tests.postgres import server

__all__ = ["database", "engine", "server"]
