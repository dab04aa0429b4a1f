"""Ibis → SQL, in the dialect of each engine. Only Ibis's compilers are used: its backends would open connections of their own."""

from __future__ import annotations

from typing import Any

import ibis  # type: ignore[import-untyped]
import ibis.expr.types as ir  # type: ignore[import-untyped]
from ibis.backends.sql.compilers import DuckDBCompiler, PostgresCompiler, PySparkCompiler  # type: ignore[import-untyped]
from ibis.config import Config  # type: ignore[import-untyped]
from sqlglot import exp

from remit.measures.bounds import END, START
from remit.measures.lazy import Dialect


class _SparkOptions(Config):  # type: ignore[misc]
    """What Ibis's compiler for Spark asks of its backend's options: a number that is none stays what it is."""

    treat_nan_as_null: bool = False


_COMPILERS: dict[str, Any] = {
    "duckdb": DuckDBCompiler(),
    "postgresql": PostgresCompiler(),
    "spark": PySparkCompiler(),
}


def to_sql(table: ir.Table, dialect: Dialect) -> str:
    """Return the SQL of an expression in a dialect; names of functions and relations stand as they were given."""
    if dialect == "spark" and ibis.options.pyspark is None:
        ibis.options.pyspark = _SparkOptions()
    compiler = _COMPILERS[dialect]
    tree = compiler.to_sqlglot(table)
    if dialect == "postgresql":
        tree = tree.transform(_setting)
    return str(tree.sql(dialect=compiler.dialect))


def _setting(node: exp.Expression) -> exp.Expression:
    """Ask the session for a bound of the period: PostgreSQL has no temporary functions that a query finds by name."""
    if isinstance(node, exp.Anonymous) and str(node.this).lower() in (START, END):
        asked = exp.Anonymous(
            this="current_setting", expressions=[exp.Literal.string(f"remit.{str(node.this).lower()}")]
        )
        return exp.cast(asked, exp.DataType.Type.TIMESTAMP)
    return node
