"""Place codes: one way of writing for what different rounds and offices write differently.

``MLI0103``, ``MLI00100304`` and ``ML010204`` are written in three ways: with three letters of the country or two, with three
digits a level or two. :func:`plain_pcode` writes all as ``ML0103``, ``ML010304``, ``ML010204``. It says nothing about
*which* area is meant: rounds also number areas in different orders, so that one code is two places. Who resolves a
code holds it against the name beside it.
"""

from __future__ import annotations

import re

_CODE = re.compile(r"([A-Z]{2,3})(\d*)")
ISO3_TO_ISO2 = {
    "BFA": "BF", "CAF": "CF", "COD": "CD", "DZA": "DZ", "MLI": "ML", "MRT": "MR", "NER": "NE", "SDN": "SD", "SEN": "SN",
    "SOM": "SO", "SSD": "SS", "TCD": "TD",
}  # fmt: skip
"""Countries whose missions or neighbours publish rounds; another country's three letters stay as they are."""


def plain_pcode(text: str) -> str:
    """Return a code with two letters and two digits a level; "" where the text is no such code.

    Three digits a level are told by their number (the deepest level of a mixed code may keep two): ``MLI001001`` is
    region 01, cercle 01; ``MLI00100304`` region 01, cercle 03, commune 04.
    """
    form = _CODE.fullmatch(text.strip().upper())
    if form is None:
        return ""
    letters, digits = ISO3_TO_ISO2.get(form[1], form[1]), form[2]
    if len(digits) in (3, 9):
        parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    elif len(digits) == 6 and digits[0] == "0" and digits[3] == "0" and digits[2] != "0":
        parts = [digits[:3], digits[3:]]
    elif len(digits) == 8 and digits[0] == "0" and digits[3] == "0":
        parts = [digits[:3], digits[3:6], digits[6:]]
    elif len(digits) % 2 == 0:
        parts = [digits[at : at + 2] for at in range(0, len(digits), 2)]
    else:
        return ""
    if any(int(part) > 99 for part in parts):
        return ""
    return letters + "".join(f"{int(part):02d}" for part in parts)
