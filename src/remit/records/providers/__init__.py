"""Readers of other providers' files, one each: rows with their line, values by field key, and the row as given."""

from collections.abc import Mapping

from remit.records.providers import acled, contributions, displacement, fatalities, geopko, ucdp
from remit.records.providers.row import Provider, Row
from remit.records.providers.ucdp import read_ucdp

PROVIDERS: Mapping[str, Provider] = {
    module.PROVIDER.key: module.PROVIDER for module in (ucdp, acled, fatalities, displacement, geopko, contributions)
}

__all__ = ["PROVIDERS", "Provider", "Row", "read_ucdp"]
