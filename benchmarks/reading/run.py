"""Score the reading of a corpus, and say what was gained and lost against the last landed state.

    REMIT_CORPUS=../shared python benchmarks/reading/run.py [--jobs 2] [--land]

The corpus holds ``resolutions/text``, ``resolutions/gold`` and ``tools/score_reading.py`` (which says what each figure
means). ``state.json`` beside this file holds the figures and, as digests, the provisions that are missed; no sentences.
``--land`` writes it anew. Time is told for reading and finding what is asked, in one process and in several.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from remit.services.reading import save_readings

STATE = Path(__file__).with_name("state.json")


def load_scorer(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_reading", file)
    if spec is None or spec.loader is None:
        sys.exit(f"{file} cannot be loaded; it comes with the corpus.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def misses(scorer: ModuleType, read_dir: Path, gold_dir: Path) -> dict[str, str]:
    """Return each provision that is not found at its place, by digest: the document, its role and path."""
    found: dict[str, str] = {}
    for file in sorted(gold_dir.glob("*.json")):
        gold = json.loads(file.read_text("utf-8"))["provisions"]
        target = read_dir / file.name
        read = json.loads(target.read_text("utf-8"))["provisions"] if target.exists() else []
        _, pairs, rows, wanted = scorer.score(read, gold)
        hit = {
            j
            for i, j in pairs.items()
            if (rows[i]["role"], rows[i].get("path", "")) == (wanted[j]["role"], wanted[j]["path"])
        }
        for index, one in enumerate(wanted):
            if index not in hit:
                found[digest(file.stem, one["text"])] = f"{file.stem} {one['role']} {one['path']}".strip()
        for index, one in enumerate(rows):
            if index not in pairs:
                found[digest(file.stem, "+" + one["text"])] = (
                    f"{file.stem} one too many: {one['role']} {one.get('path', '')}".strip()
                )
    return found


def digest(stem: str, text: str) -> str:
    return hashlib.sha256(f"{stem}\n{text}".encode()).hexdigest()[:16]


def compare(before: dict[str, Any], figures: dict[str, Any], missed: dict[str, str]) -> None:
    old = before.get("missed", {})
    for name, value in figures.items():
        last = before.get("figures", {}).get(name)
        moved = f"  ({value - last:+.4f})" if isinstance(last, int | float) and value != last else ""
        print(f"{name:10} {value}{moved}")
    gains, losses = sorted(set(old) - set(missed)), sorted(set(missed) - set(old))
    print(f"gained {len(gains)}, lost {len(losses)} against the last landed state")
    for key in gains:
        print(f"  + {old[key]}")
    for key in losses:
        print(f"  - {missed[key]}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=Path(os.environ.get("REMIT_CORPUS", "../shared")))
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--land", action="store_true", help="keep this state as the last landed one")
    given = parser.parse_args()
    texts = sorted((given.corpus / "resolutions" / "text").glob("*.txt"))
    if not texts:
        sys.exit(f"No texts in {given.corpus / 'resolutions' / 'text'}: set REMIT_CORPUS or give --corpus.")
    scorer = load_scorer(given.corpus / "tools" / "score_reading.py")
    gold_dir = given.corpus / "resolutions" / "gold"
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        done = save_readings(texts, Path(folder), given.jobs)
        seconds = time.perf_counter() - start
        refused = [one for one in done if one.issues]
        print(
            f"{len(done)} files in {seconds:.1f} s with {given.jobs} process(es): {1000 * seconds / len(done):.1f} ms each; {len(refused)} refused"
        )
        figures = scorer.main(str(folder), str(gold_dir))
        missed = misses(scorer, Path(folder), gold_dir)
    compare(json.loads(STATE.read_text("utf-8")) if STATE.exists() else {}, figures, missed)
    if given.land:
        STATE.write_text(json.dumps({"figures": figures, "missed": missed}, indent=1, sort_keys=True) + "\n", "utf-8")
    return 1 if refused else 0


if __name__ == "__main__":
    raise SystemExit(main())
