"""Readers of other providers' files, one each: rows with their line, values by field key, and the row as given."""

from remit.records.providers.row import Row
from remit.records.providers.ucdp import read_ucdp

__all__ = ["Row", "read_ucdp"]
