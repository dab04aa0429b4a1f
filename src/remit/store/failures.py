"""What the database says when it cannot do something, in our words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from json import JSONDecodeError

from django.db import DatabaseError, InterfaceError

from remit.kernel.errors import Fault
from remit.kernel.issues import Issue
from remit.kernel.wording import Words

GUARD_MARK = "JRN-031"

_KNOWN: tuple[tuple[str, tuple[str, ...], Words, Words], ...] = (
    (
        GUARD_MARK,
        (GUARD_MARK, *(f"permission denied for table {table}" for table in ("journal_entry", "sealed_block", "sealed_entry"))),
        Words("The journal is only ever added to: nothing in it is changed or removed.",
              "Le journal ne fait que s’allonger : rien n’y est modifié ni supprimé."),
        Words("Amend or withdraw the record instead; to destroy a value, redact it.",
              "Modifiez ou retirez plutôt la fiche ; pour détruire une valeur, caviardez-la."),
    ),
    (
        "JRN-033",
        ("is locked", "lock timeout", "deadlock detected"),
        Words("Somebody else is writing and did not finish in time; nothing was written.",
              "Quelqu’un d’autre écrit et n’a pas fini à temps ; rien n’a été écrit."),
        Words("Try again; if it lasts, look for another Remit that holds this workspace.",
              "Réessayez ; si cela dure, cherchez un autre Remit qui tient cet espace de travail."),
    ),
    (
        "JRN-034",
        ("disk is full", "no space left"),
        Words("The disk is full; nothing was written.", "Le disque est plein ; rien n’a été écrit."),
        Words("Free some space and try again; what was recorded before is safe.",
              "Libérez de la place et réessayez ; ce qui était enregistré est intact."),
    ),
    (
        "JRN-035",
        ("readonly database", "read-only", "permission denied"),
        Words("The workspace may only be read; nothing was written.",
              "L’espace de travail est en lecture seule ; rien n’a été écrit."),
        Words("Check who owns the folder and whether its disk may be written to.",
              "Vérifiez à qui appartient le dossier et si son disque accepte l’écriture."),
    ),
    (
        "JRN-036",
        ("unable to open", "connection refused", "could not connect", "connection failed", "connection to server",
         "could not translate host", "failed to resolve host", "no password supplied", "password authentication failed",
         "server closed the connection", "connection timeout expired"),
        Words("The database cannot be reached.", "La base de données est inaccessible."),
        Words("Check that the folder is there and may be read, or that the database server runs and ~/.pgpass holds the password.",
              "Vérifiez que le dossier existe et se lit, ou que le serveur tourne et que ~/.pgpass contient le mot de passe."),
    ),
    (
        "JRN-037",
        ("malformed", "not a database", "disk i/o error", "could not decode"),
        Words("The database file is damaged or its disk fails.",
              "Le fichier de la base est endommagé ou son disque est défaillant."),
        Words("Copy the folder aside as it is, then restore the last backup.",
              "Mettez une copie du dossier de côté telle quelle, puis restaurez la dernière sauvegarde."),
    ),
    (
        "JRN-038",
        ("no such table", "no such column", "does not exist"),
        Words("The database lacks a part that this Remit needs.",
              "Il manque à la base une partie dont ce Remit a besoin."),
        Words("The workspace may be damaged or only half made: restore it, or make a new one.",
              "L’espace de travail est peut-être endommagé ou inachevé : restaurez-le ou créez-en un autre."),
    ),
)  # fmt: skip


@contextmanager
def failures() -> Iterator[None]:
    """Turn what the database raises into one fault of ours.

    Raises:
        Fault: JRN-031 a guard refused; JRN-033 locked; JRN-034 full; JRN-035 read-only; JRN-036 not reached;
            JRN-037 damaged; JRN-038 a table is missing; JRN-039 anything else, with the database's own words.
    """
    try:
        yield
    except (DatabaseError, InterfaceError) as error:
        raise fault_of(str(error)) from error
    except JSONDecodeError as error:
        raise fault_of("could not decode") from error


def fault_of(said: str) -> Fault:
    """Return our fault for what a database said."""
    for code, signs, found, remedy in _KNOWN:
        if any(sign.casefold() in said.casefold() for sign in signs):
            return _fault(code, found, remedy)
    return _fault(
        "JRN-039",
        Words(f"The database failed: {said}", f"La base de données a échoué : {said}"),
        Words("Nothing was written. Keep this message for whoever looks after the system.",
              "Rien n’a été écrit. Gardez ce message pour qui entretient le système."),
    )  # fmt: skip


def _fault(code: str, found: Words, remedy: Words) -> Fault:
    return Fault(Issue(code, found, remedy))
