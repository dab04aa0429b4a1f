"""Gather the files of one mission folder.

Reads: a folder. Writes: :class:`Layer`, and what is unknown or misplaced (MIS-001 to MIS-009).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from remit.kernel.issues import Issue, Where
from remit.missions.problems import problem, suggestion
from remit.missions.read import Source, read_file

ROOT_FILES = ("mission", "mandate", "plan")
FOLDERS = ("options", "places", "records", "measures", "products", "published", "demonstration")
NOT_YET = ("warnings",)
"""Folders of the design that no room reads yet."""


@dataclass(frozen=True, slots=True)
class Layer:
    """The declarations of one folder by file name, in name order. What cannot be read is left out."""

    key: str
    folder: Path
    root: dict[str, Source] = field(default_factory=dict)
    families: dict[str, dict[str, Source]] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()
    unread: frozenset[str] = frozenset()
    """Files that stand there and cannot be read (``mandate``, ``records/event``): they are not missing."""


def gather(folder: Path) -> Layer:
    """Read all declarations of a folder."""
    key = folder.resolve().name
    if not folder.is_dir():
        return Layer(key, folder, issues=(_no_folder(folder),))
    issues: list[Issue] = []
    unread: set[str] = set()
    root: dict[str, Source] = {}
    families: dict[str, dict[str, Source]] = {family: {} for family in FOLDERS}
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "_")):
            continue
        if path.is_dir():
            issues += _folder_issues(path, key)
        elif path.suffix in (".yaml", ".yml"):
            issues += _name_issues(path, f"{key}/{path.name}", ROOT_FILES)
            if path.stem in ROOT_FILES and path.suffix == ".yaml":
                source, found = read_file(path, f"{key}/{path.name}")
                issues += found
                root |= {path.stem: source} if source else {}
                unread |= set() if source else {path.stem}
    for family in FOLDERS:
        for path in _declarations(folder / family):
            name = f"{key}/{family}/{path.relative_to(folder / family)}"
            if found_names := list(_name_issues(path, name, ())):
                issues += found_names
                continue
            source, found = read_file(path, name)
            issues += found
            families[family] |= {path.stem: source} if source else {}
            unread |= set() if source else {f"{family}/{path.stem}"}
    return Layer(key, folder, root, families, tuple(issues), frozenset(unread))


def _declarations(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(
        path for path in folder.iterdir() if path.suffix in (".yaml", ".yml") and not path.name.startswith((".", "_"))
    )


def _folder_issues(path: Path, key: str) -> Iterator[Issue]:
    if path.name in FOLDERS or not _declarations(path):
        return
    where = Where(f"{key}/{path.name}")
    if path.name in NOT_YET:
        yield problem(
            "MIS-009",
            where,
            f"The folder “{path.name}” is not read by this version.",
            f"Le dossier « {path.name} » n’est pas lu par cette version.",
            level="warning",
        )
        return
    do_en, do_fr = suggestion(path.name, FOLDERS)
    yield problem(
        "MIS-007",
        where,
        f"“{path.name}” is not a folder of declarations.",
        f"« {path.name} » n’est pas un dossier de déclarations.",
        do_en,
        do_fr,
    )


def _name_issues(path: Path, name: str, allowed: tuple[str, ...]) -> Iterator[Issue]:
    if path.suffix == ".yml":
        yield problem(
            "MIS-007",
            Where(name),
            "Declarations end in .yaml; this one would not be read.",
            "Les déclarations finissent par .yaml ; celle-ci ne serait pas lue.",
            f"Rename it to {path.stem}.yaml.",
            f"Renommez-la {path.stem}.yaml.",
        )
    elif allowed and path.stem not in allowed:
        do_en, do_fr = suggestion(path.stem, allowed)
        yield problem(
            "MIS-007",
            Where(name),
            f"“{path.name}” is not a file of a mission.",
            f"« {path.name} » n’est pas un fichier de mission.",
            do_en,
            do_fr,
        )
    elif not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", path.stem):
        yield problem(
            "MIS-007",
            Where(name),
            f"The file’s name is its key, and “{path.stem}” cannot be one.",
            f"Le nom du fichier est sa clé, et « {path.stem} » ne peut pas en être une.",
            "Use small letters, digits and hyphens.",
            "Employez des minuscules, des chiffres et des traits d’union.",
        )


def _no_folder(folder: Path) -> Issue:
    return problem(
        "MIS-001",
        Where(str(folder)),
        "There is no mission folder here.",
        "Il n’y a pas de dossier de mission ici.",
        "Give a folder that holds mission.yaml and mandate.yaml.",
        "Indiquez un dossier qui contient mission.yaml et mandate.yaml.",
    )
