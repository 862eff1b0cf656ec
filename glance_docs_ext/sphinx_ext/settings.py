"""The ``configcheck_*`` values of ``conf.py``, each declared once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sphinx.errors import ConfigError

from glance_docs_ext.diagnostics import UnknownEngineError, UnknownVersionError
from glance_docs_ext.engines import get_engine
from glance_docs_ext.services import SERVICES

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


@dataclass(frozen=True)
class Setting:
    """One value; ``rebuild`` says what is done again when it changes, ``help`` what it is for."""

    name: str
    default: object
    rebuild: Literal['', 'env', 'html']
    types: tuple[type, ...]
    help: str


PLAIN_BLOCKS = Setting(
    'configcheck_plain_blocks',
    default=True,
    rebuild='env',
    types=(bool,),
    help='Check ``code-block`` and other literal blocks too, not only ``config-block``.',
)
SERVICES_SETTING = Setting(
    'configcheck_services',
    default=[],
    rebuild='env',
    types=(list, tuple, set, frozenset),
    help='What is so of every service that the pages deploy: '
    + ', '.join(f'``{name}`` ({meaning})' for name, meaning in SERVICES.items())
    + '. A page says it of its own blocks with ``:service:``.',
)
NATIVE = Setting(
    'configcheck_native',
    default=False,
    rebuild='',
    types=(bool,),
    help='The builder ``configcheck`` asks the installed servers about each block, too, in a '
    'sandbox (bubblewrap). No other builder runs one.',
)
RELEASES = Setting(
    'configcheck_releases',
    default='',
    rebuild='',
    types=(str, dict),
    help='The releases that version notes and timelines speak of: ``glance``, the path of a JSON '
    'or TOML file seen from ``conf.py``, or a mapping.',
)
VERSIONS = Setting(
    'configcheck_versions',
    default={},
    rebuild='env',
    types=(dict,),
    help='The versions of the servers that the pages are written for, such as '
    "``{'uwsgi': '2.0.21', 'apache': '2.4.62', 'nginx': '1.22.1'}``; of a server that is left out "
    'the newest version that we know. A block says its own with ``:version:``.',
)
SETTINGS = (PLAIN_BLOCKS, SERVICES_SETTING, VERSIONS, NATIVE, RELEASES)


def add_settings(app: Sphinx) -> None:
    """Declare all values, and have them looked at before anything is read."""
    for setting in SETTINGS:
        app.add_config_value(setting.name, setting.default, setting.rebuild, setting.types)
    app.connect('config-inited', _validate)


def plain_blocks(config: Config) -> bool:
    """Return whether plain blocks are checked."""
    return bool(config[PLAIN_BLOCKS.name])


def native(config: Config) -> bool:
    """Return whether the builder asks the installed servers."""
    return bool(config[NATIVE.name])


def services(config: Config) -> frozenset[str]:
    """Return what ``conf.py`` says of all services."""
    return frozenset(config[SERVICES_SETTING.name])


def versions(config: Config) -> dict[str, str]:
    """Return the versions of the servers that ``conf.py`` names, by the names of the servers."""
    return dict(config[VERSIONS.name])


def _validate(_app: Sphinx, config: Config) -> None:
    _validate_services(config)
    _validate_versions(config)


def _validate_versions(config: Config) -> None:
    given = config[VERSIONS.name]
    if not isinstance(given, dict):
        raise ConfigError(f"{VERSIONS.name}: expected a mapping such as {{'nginx': '1.22.1'}}")
    for name, version in given.items():
        try:
            get_engine(name, version if version and isinstance(version, str) else repr(version))
        except (UnknownEngineError, UnknownVersionError) as error:
            raise ConfigError(f'{VERSIONS.name}: {error}') from error


def _validate_services(config: Config) -> None:
    given = config[SERVICES_SETTING.name]
    if not isinstance(given, Collection):
        return  # Sphinx has warned of the type
    for name in given:
        if name not in SERVICES:
            raise ConfigError(
                f'{SERVICES_SETTING.name}: unknown {name!r}; expected some of: '
                + ', '.join(SERVICES)
            )
