"""One target under atheris: ``python -m tools.fuzz.guided TARGET OPTION… FOLDER…``."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=['glance_docs_ext', 'tools.fuzz']):
    from glance_docs_ext.rules import all_rules
    from tools.fuzz.targets import TARGETS

    all_rules()  # imports them

if __name__ == '__main__':
    name = sys.argv.pop(1)
    atheris.Setup(sys.argv, TARGETS[name])
    atheris.Fuzz()
