"""Where mission folders lie: in the installed package or the checkout, and where the user says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from remit.kernel.errors import BadInput, Fault
from remit.kernel.issues import Issue, errors
from remit.missions.load import load_mission
from remit.missions.mission import Mission

_PACKAGE = Path(__file__).resolve().parent.parent
_MARKS = ("mission.yaml", "mandate.yaml")
"""A folder that holds both can be worked in; one without a mandate is only there to be extended."""


class MissionFolders:
    """The mission folders that can be loaded, the user's own before Remit's where two bear one key."""

    def __init__(self, own: Sequence[Path] = ()) -> None:
        self._own = tuple(own)

    def standing(self) -> Path:
        """Return the folder of Remit's own missions: in the wheel, else in the checkout.

        Raises:
            Fault: WSP-031, neither is there.
        """
        for folder in (_PACKAGE / "_missions", _PACKAGE.parent.parent / "missions"):
            if (folder / "index.yaml").is_file():
                return folder
        raise Fault.of(
            "WSP-031",
            "Remit's own mission folders are missing from the installation.",
            "Les dossiers de mission de Remit manquent à l’installation.",
            do_en="Install Remit again, or name a folder of missions in $REMIT_MISSIONS.",
            do_fr="Réinstallez Remit, ou indiquez un dossier de missions dans $REMIT_MISSIONS.",
        )

    def by_key(self) -> Mapping[str, Path]:
        """Return the folders by key, Remit's own in the order of its index."""
        listed = [str(key) for key in self._index().get("missions", ())]
        found = {key: self.standing() / key for key in listed if _is_mission(self.standing() / key)}
        for folder in self._users():
            found[folder.name] = folder
        return found

    def default(self) -> str:
        """Return the key of the mission that the demonstration shows."""
        return str(self._index()["demonstration"])

    def search(self, folder: Path) -> tuple[Path, ...]:
        """Return where the missions that a folder extends are looked for."""
        around = [folder.parent, *(own.parent if _is_mission(own) else own for own in self._own), self.standing()]
        return tuple(dict.fromkeys(path.resolve() for path in around))

    def load(self, mission: str) -> Mission:
        """Load a mission by its key, or by its folder.

        Raises:
            BadInput: WSP-003, there is no such mission; or all problems of its folder.
        """
        folder = self.folder_of(mission)
        loaded, issues = load_mission(folder, search=self.search(folder))
        if loaded is None or errors(issues):
            raise BadInput(errors(issues) or issues)
        return loaded

    def folder_of(self, mission: str) -> Path:
        """Return the folder of a mission by its key, or the folder itself where one is named.

        Raises:
            BadInput: WSP-003.
        """
        known = self.by_key()
        if mission in known:
            return known[mission]
        if (Path(mission) / "mission.yaml").is_file():
            return Path(mission).resolve()
        raise BadInput(_no_such(mission, known))

    def _index(self) -> Mapping[str, Any]:
        found: dict[str, Any] = yaml.safe_load((self.standing() / "index.yaml").read_text("utf-8"))
        return found

    def _users(self) -> Iterator[Path]:
        for own in self._own:
            if _is_mission(own):
                yield own.resolve()
            elif own.is_dir():
                yield from sorted(path.resolve() for path in own.iterdir() if _is_mission(path))


def _is_mission(folder: Path) -> bool:
    return all((folder / mark).is_file() for mark in _MARKS)


def _no_such(mission: str, known: Mapping[str, Path]) -> Issue:
    error = BadInput.of(
        "WSP-003",
        f"There is no mission “{mission}”.",
        f"Il n’y a pas de mission « {mission} ».",
        do_en=f"Known missions: {', '.join(known)}. Name the folder of another, or the folder that holds it in $REMIT_MISSIONS.",
        do_fr=f"Missions connues : {', '.join(known)}. Indiquez le dossier d’une autre, ou celui qui la contient dans $REMIT_MISSIONS.",
    )
    return error.issues[0]
