"""Write docs/reference/error-codes.md from the source: every stable code, what it says and what to do about it.

Run: python scripts/codes.py (with --check, say whether the page is current instead of writing it).
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "remit"
PAGE = ROOT / "docs" / "reference" / "error-codes.md"
CODE = re.compile(r"(?!SHA)[A-Z]{3}-\d{3}")
LEVELS = ("error", "warning", "note")
FAMILIES = {
    "ACC": "Access: who may do what",
    "ATT": "Attaching the official text",
    "BCK": "Backups",
    "CHK": "Checking a mission folder",
    "CLI": "The command line",
    "DEM": "The demonstration",
    "ERA": "Values that can be erased",
    "EXC": "Exchange between sites",
    "FIG": "Figures",
    "FRM": "Forms",
    "GEO": "Places and areas of a mission",
    "IMP": "Importing what others recorded",
    "JRN": "The journal and its store",
    "KER": "Dates, periods, numbers",
    "LNK": "Links between records",
    "MAN": "What a mandate asks",
    "MEA": "Measures: computing, freezing, disclosure",
    "MIS": "Mission folders (mission-files.md says which key each is about)",
    "OUT": "Files that are written",
    "PLY": "Steps of examples and demonstrations",
    "RDG": "Reading several files",
    "PGS": "A PostgreSQL server",
    "REC": "Records: values, moves, amendments",
    "REL": "Releases",
    "REP": "Reports",
    "RUL": "Named rules",
    "RET": "Dates of keeping",
    "SEA": "Sealing and verification",
    "TRF": "Carrying a workspace over",
    "TXT": "Reading a document",
    "WEB": "The app and the API",
    "WHO": "Who can do what",
    "WSP": "Workspaces",
    "ZON": "Zones and their breaches",
}


@dataclass(frozen=True, order=True)
class Said:
    """One place where a code is given: its message and remedy as templates, and the module.

    Ordered by what is said, so that moving code between modules leaves the page as it is.
    """

    code: str
    message: str = ""
    remedy: str = ""
    module: str = ""


@cache
def collect() -> Sequence[Said]:
    """Return every code that the source gives, with its English words where they stand beside it."""
    found: list[Said] = []
    for module in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(module.read_text("utf-8"))
        where = module.relative_to(SOURCE).with_suffix("").as_posix()
        spoken = [Said(code, *words, where) for code, words in _calls(tree)]
        found += spoken
        known = {one.code for one in spoken} | {one.code for one in found}
        found += [Said(code, module=where) for code in sorted(_mentioned(tree) - known)]
    worded = {one.code for one in found if one.message}
    return sorted({one for one in found if one.message or one.code not in worded})


def _calls(tree: ast.AST) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield each code with the message and the remedy that follow it in a call or a row of a table."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call | ast.Tuple):
            continue
        arguments = node.args if isinstance(node, ast.Call) else node.elts
        for place, argument in enumerate(arguments):
            if (
                isinstance(argument, ast.Constant)
                and isinstance(argument.value, str)
                and CODE.fullmatch(argument.value)
            ):
                after = arguments[place + 1 :]
                pairs = [text for one in after if _is_pair(one) for text in _words(one)]
                strings = [
                    text
                    for one in after
                    if not _is_pair(one)
                    for text in _words(one)
                    if text.strip() not in ("", *LEVELS)
                ]
                # Words hold both languages; helpers take English and French of the message, then of the remedy.
                said = (pairs if pairs else strings[::2]) + ["", ""]
                named = [
                    text for key in getattr(node, "keywords", ()) if key.arg == "do_en" for text in _words(key.value)
                ]
                yield argument.value, (said[0], named[0] if named else said[1])


def _is_pair(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Words"


def _words(node: ast.expr) -> Iterator[str]:
    """Yield the English text of a string, a template or a pair of words."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
    elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Words" and node.args:
        yield from _words(node.args[0])
    elif isinstance(node, ast.IfExp):
        yield from _words(node.body)
    elif isinstance(node, ast.Attribute) and node.attr == "en":
        yield "(the nearest name, or those that there are)"


def _mentioned(tree: ast.AST) -> set[str]:
    """Return codes that stand as constants outside of calls with words (tables, defaults)."""
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value)
    }


def page() -> str:
    """Return the whole page."""
    lines = [
        "# Error codes",
        "",
        "Generated from the source by `python scripts/codes.py`; do not edit.",
        "",
        "Every message of Remit ends with a code in brackets. The code is stable: programs and tests may rely on it, while",
        "the words may get better. `…` stands for what was found. Each message is also said in French.",
    ]
    family = ""
    for code in dict.fromkeys(one.code for one in collect()):
        if code[:3] != family:
            family = code[:3]
            lines += [
                "",
                f"## {family}: {FAMILIES.get(family, family)}",
                "",
                "| Code | What it says | What to do |",
                "|---|---|---|",
            ]
        said = [one for one in collect() if one.code == code]
        messages = list(dict.fromkeys(one.message for one in said if one.message)) or [f"(see `{said[0].module}`)"]
        remedies = list(dict.fromkeys(one.remedy for one in said if one.remedy))
        lines.append(f"| {code} | {_cell(messages)} | {_cell(remedies)} |")
    return "\n".join(lines) + "\n"


def _cell(texts: list[str]) -> str:
    return "<br>".join(text.replace("|", "\\|").replace("\n", " ").strip() for text in texts)


def main() -> int:
    """Write the page, or say whether it is current."""
    wanted = page()
    if "--check" in sys.argv[1:]:
        return 0 if PAGE.exists() and PAGE.read_text("utf-8") == wanted else 1
    PAGE.write_text(wanted, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
