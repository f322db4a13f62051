"""Settings from the places where users write them: two TOML files, the environment, the command line.

Layers, weakest first; each value comes from the strongest layer that gives a usable one::

    defaults < user file < project smallcode.toml < environment SMALLCODE_<NAME> < overrides

An empty text counts as not given. Nothing here raises for what a user wrote: an unusable value, an unknown
key or a broken file becomes a warning, and the layer below decides. A ``.env`` is never read.

**Trust.** A project's file may set ``settings.TRUST_REQUIRED`` keys only where the user trusts the folder:
its real path is listed in the user file's ``trusted_folders``, or the editor says so (``trusted``).
``project_checkers`` runs code of the folder, so that it is off in one that is not trusted, whoever sets it.

**Keys.** An API key is sent only to the host it was given for. A key given in a layer belongs to the host
of that layer's ``base_url``; a layer without one takes the nearest weaker address that the user wrote (the
user file's or the environment's, never the project's); without any, the key belongs to this machine, and
all loopback names count as one host. A key known for https does not go over plain http. The user file's
table ``[keys]`` maps a host to its key and stands beside the user file's ``api_key``, before it. The
strongest key that belongs to the host in force is used; a stronger one that does not is named in a warning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path, user_config_path, user_state_path
from pydantic import SecretStr

from ..settings import TRUST_REQUIRED, Settings
from .settings_values import (
    LOCAL,
    NAMES,
    Server,
    Unusable,
    did_you_mean,
    read_toml,
    server_of,
    short,
    usable,
)

APP = "smallcode"
PROJECT_FILE = "smallcode.toml"
PREFIX = "SMALLCODE_"
USER_ONLY = ("keys", "trusted_folders")


@dataclass(frozen=True, slots=True)
class Resolved:
    """``sources`` tells for every setting where its value came from; ``warnings`` are for the user, one
    sentence or two each, and never hold a key. ``trusted`` is whether the project may set everything."""

    settings: Settings
    sources: dict[str, str]
    warnings: tuple[str, ...]
    trusted: bool


@dataclass(frozen=True, slots=True)
class _Given:
    """A usable value and the place it stands in."""

    value: object
    source: str


_Layer = Mapping[str, _Given]


def user_config_file() -> Path:
    """The user file; it need not exist."""
    return user_config_path(APP, appauthor=False) / "config.toml"


def user_state_dir() -> Path:
    """Where traces and other state go; it need not exist."""
    return user_state_path(APP, appauthor=False)


def user_cache_dir() -> Path:
    """Where lies what can be made again, such as the code graph; it need not exist."""
    return user_cache_path(APP, appauthor=False)


def load(
    root: str | None,
    *,
    environment: Mapping[str, str],
    overrides: Mapping[str, object] | None = None,
    override_source: str = "command line",
    trusted: bool | None = None,
    user_file: Path | None = None,
) -> Resolved:
    """Resolve every setting for the workspace at ``root``; None is no workspace. Never raises for content.

    ``trusted`` None leaves the question to the user file's ``trusted_folders``.
    """
    warnings: list[str] = []
    folder = None if root is None else Path(root).resolve()
    user_path = user_file or user_config_file()
    user_source = f"user file {user_path}"
    document = read_toml(user_path, user_source, warnings)
    keys = _keys_table(document.pop("keys", {}), user_source, warnings)
    listed = _folders(document.pop("trusted_folders", []), user_source, warnings)
    if trusted is None:
        trusted = folder in listed
        remedy = f'To trust the folder, add "{folder}" to trusted_folders in {user_path}.'
    else:
        remedy = "Trust the workspace in the editor to let it."
    user = _layer(document, user_source, warnings)
    project = _project_layer(folder, trusted, remedy, warnings)
    env = _environment_layer(environment, warnings)
    top = _layer(overrides or {}, override_source, warnings)

    layers = (user, project, env, top)
    chosen = {name: given for layer in layers for name, given in layer.items() if name != "api_key"}
    key = _choose_key(layers, keys, _address(chosen), warnings)
    if key is not None:
        chosen["api_key"] = key
    switch = chosen.get("project_checkers")
    if switch is not None and switch.value and not trusted:
        del chosen["project_checkers"]
        warnings.append(
            f"{switch.source}: project_checkers stays off, since it runs code of the folder. {remedy}"
        )
    settings = Settings.model_validate({name: given.value for name, given in chosen.items()})
    sources = {name: chosen[name].source if name in chosen else "default" for name in NAMES}
    return Resolved(settings, sources, tuple(warnings), trusted)


# --- layers ------------------------------------------------------------------------------------------


def _layer(values: Mapping[str, object], source: str, warnings: list[str]) -> _Layer:
    layer = {}
    for name, value in values.items():
        if name not in NAMES:
            warnings.append(
                f"{source}: there is no setting {short(name)}; it is ignored.{did_you_mean(name)}"
            )
        elif value is not None and value != "":
            try:
                layer[name] = _Given(usable(name, value), source)
            except Unusable as problem:
                warnings.append(f"{source}: {problem} The value is ignored.")
    return layer


def _project_layer(root: Path | None, trusted: bool, remedy: str, warnings: list[str]) -> _Layer:
    if root is None:
        return {}
    path = root / PROJECT_FILE
    source = f"project file {path}"
    document = read_toml(path, source, warnings)
    for name in USER_ONLY:
        if document.pop(name, None) is not None:
            warnings.append(f"{source}: {name} is ignored; it belongs into the user file.")
    if not trusted:
        for name in sorted(TRUST_REQUIRED & document.keys()):
            del document[name]
            warnings.append(f"{source}: {name} is ignored, because the folder is not trusted. {remedy}")
    return _layer(document, source, warnings)


def _environment_layer(environment: Mapping[str, str], warnings: list[str]) -> _Layer:
    """Other programs may own SMALLCODE_ names too, so an unknown one is named only if it looks mistyped."""
    layer: dict[str, _Given] = {}
    for variable in sorted(environment):
        if not variable.startswith(PREFIX):
            continue
        name, source = variable.removeprefix(PREFIX).lower(), f"environment {variable}"
        if name in NAMES:
            layer.update(_layer({name: environment[variable].strip()}, source, warnings))
        elif hint := did_you_mean(name, prefix=PREFIX, cutoff=0.75):
            warnings.append(f"{source}: there is no such setting; it is ignored.{hint}")
    return layer


def _folders(value: object, source: str, warnings: list[str]) -> frozenset[Path]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        warnings.append(f"{source}: trusted_folders has to be a list of paths; it is ignored.")
        return frozenset()
    return frozenset(Path(item).expanduser().resolve() for item in value if item)


# --- keys --------------------------------------------------------------------------------------------


def _keys_table(value: object, source: str, warnings: list[str]) -> dict[str, _Given]:
    """Host to key. Hosts are compared as in ``server_of``."""
    if not isinstance(value, Mapping):
        warnings.append(f'{source}: keys has to be a table of host = "key"; it is ignored.')
        return {}
    table = {}
    for host, key in value.items():
        try:
            server = server_of(host)
        except ValueError:
            warnings.append(f"{source}: keys: {host!r} is not a host name; the entry is ignored.")
            continue
        if isinstance(key, str) and key:
            table[server.host] = _Given(SecretStr(key), f"{source} [keys]")
        else:
            warnings.append(f"{source}: keys: the key of {host} has to be a text; the entry is ignored.")
    return table


def _address(layer: _Layer) -> str | None:
    given = layer.get("base_url")
    return str(given.value) if given else None


def _candidates(
    layers: Sequence[_Layer], keys: Mapping[str, _Given], in_force: Server
) -> Iterator[tuple[_Given, Server]]:
    """Keys, strongest first, each with the server that it belongs to."""
    user, project, env, top = layers
    for layer, *weaker in ((top, env, user), (env, user), (project, user), (user,)):
        if layer is user and in_force.host in keys:
            yield keys[in_force.host], in_force
        if given := layer.get("api_key"):
            address = next(filter(None, map(_address, (layer, *weaker))), None)
            yield given, server_of(address) if address else LOCAL


def _choose_key(
    layers: Sequence[_Layer], keys: Mapping[str, _Given], base_url: str | None, warnings: list[str]
) -> _Given | None:
    in_force = server_of(base_url) if base_url else LOCAL
    for given, server in _candidates(layers, keys, in_force):
        if server.host == in_force.host and (in_force.secure or not server.secure):
            return given
        if server.host == in_force.host:
            warnings.append(
                f"{given.source}: api_key is for https and is not sent to {in_force.host} over plain http. "
                "Give base_url with https."
            )
        else:
            warnings.append(
                f"{given.source}: api_key is for {server.host} and is not sent to {in_force.host}. "
                f'Give base_url beside the key, or list "{in_force.host}" under [keys] in the user file.'
            )
    return None
