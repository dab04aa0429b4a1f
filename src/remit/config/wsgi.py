"""The app for a WSGI server of your own: ``REMIT_WORKSPACE`` names the workspace."""

from __future__ import annotations

import os
from pathlib import Path

from remit.config.composition import Composition
from remit.config.serving import application_for
from remit.config.settings import Settings

composition = Composition(Settings.from_environment())
application = application_for(
    composition, composition.open(Path(os.environ.get("REMIT_WORKSPACE") or "remit-workspace"))
)
