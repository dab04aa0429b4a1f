"""``remit verify``: that nothing was changed or removed."""

from __future__ import annotations

import re
from pathlib import Path

import click

from remit.cli.command import Command
from remit.cli.options import format_option, language_option, workspace_option
from remit.cli.output import say, write_issues, write_json
from remit.cli.values import FilePath, file_bytes
from remit.kernel.errors import BadInput
from remit.kernel.wording import Words
from remit.services.proving import growth as grown_from
from remit.services.proving import inclusion, save_proof
from remit.services.verifying import head, seal
from remit.services.verifying import verify as verify_journal
from remit.services.workspace import Opener


@click.command(
    cls=Command,
    examples=[
        "remit verify --workspace DIR",
        "remit verify --seal --format json",
        "remit verify --head printed-head.txt",
        "remit verify --prove ENTRY --out proof.json",
        "remit verify --head printed-head.txt --growth --out growth.json",
    ],
)
@workspace_option
@click.option("--seal", "sealing", is_flag=True, help="Seal what was written since the last block first.")
@click.option("--head", "head_file", type=FilePath(), help="A file with a head kept elsewhere (number:size:digest).")
@click.option(
    "--prove", "entry", default="", metavar="ENTRY", help="Write the proof that an entry stands in its block."
)
@click.option("--growth", is_flag=True, help="Write the proof that today's journal grew from that of --head.")
@click.option("--out", type=FilePath(), help="Where a proof is written; standard output without it.")
@format_option
@language_option
@click.pass_context
def verify(
    ctx: click.Context,
    *,
    folder: Path,
    sealing: bool,
    head_file: Path | None,
    entry: str,
    growth: bool,
    out: Path | None,
    shape: str,
    language: str,
) -> None:
    """Check every entry against its sealed block, the chain of blocks and their signatures.

    Exit status 1, naming the first bad entry, if anything was changed, removed or reordered. What is not sealed yet is
    stated. A key on the same machine proves nothing against whoever holds the machine: keep heads elsewhere, and give one
    with --head. Proofs are checked by scripts/check_proof.py with the public key, without Remit.
    """
    kept_head = read_head(head_file) if head_file else ""
    if growth and not kept_head:
        raise BadInput.of(
            "CLI-041",
            "--growth needs the older head.",
            "--growth demande la tête d’alors.",
            do_en="Give it with --head FILE.",
            do_fr="Donnez-la par --head FICHIER.",
        )
    opener: Opener = ctx.obj
    workspace = opener.open(folder, write=sealing)
    if sealing:
        seal(workspace)
    if entry or growth:
        proof = inclusion(workspace, entry) if entry else grown_from(workspace, kept_head)
        write_json(proof) if out is None else save_proof(proof, out)
        return
    found = verify_journal(workspace, kept_head=kept_head)
    if shape == "json":
        write_json(
            {
                "ok": found.ok,
                "blocks": found.blocks,
                "entries": found.entries,
                "unsealed": found.unsealed,
                "head": head(workspace),
                "public_key": workspace.signer.public_key,
                "problem": found.first_problem.to_json(language) if found.first_problem else None,
            }
        )
    elif found.ok:
        say(
            Words(
                f"Verified: {found.entries} entries, {found.blocks} blocks; not sealed yet: {found.unsealed}.",
                f"Vérifié : {found.entries} écritures, {found.blocks} blocs ; pas encore scellées : {found.unsealed}.",
            ),
            language,
        )
        if head(workspace):
            say(Words(f"Head: {head(workspace)}", f"Tête : {head(workspace)}"), language)
        if kept_head:
            say(
                Words(
                    f"The journal of the head kept elsewhere is the beginning of this one: {kept_head}",
                    f"Le journal de la tête conservée ailleurs est le début de celui-ci : {kept_head}",
                ),
                language,
            )
        key = workspace.signer.public_key
        say(Words(f"Public key: {key}", f"Clé publique : {key}"), language)
    elif found.first_problem:
        write_issues([found.first_problem], language)
    ctx.exit(0 if found.ok else 1)


def read_head(file: Path) -> str:
    """Return the first head that a file holds; a product that printed one will do.

    Raises:
        BadInput: CLI-021 it cannot be read; CLI-042 it holds none.
    """
    found = _HEAD.search(file_bytes(file).decode("utf-8", errors="replace"))
    if found is None:
        raise BadInput.of(
            "CLI-042",
            f"{file} holds no head.",
            f"{file} ne contient pas de tête.",
            do_en="A head is number:size:digest, as `remit verify` and every product print it; or the digest alone.",
            do_fr="Une tête s’écrit numéro:taille:empreinte, comme `remit verify` et tout produit l’impriment ; ou l’empreinte seule.",
        )
    return found[0]


_HEAD = re.compile(r"(?:\b\d+:\d+:)?\b[0-9a-f]{64}\b")
