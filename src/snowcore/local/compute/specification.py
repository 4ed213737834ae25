"""Service specifications: what their YAML says, checked.

See https://docs.snowflake.com/en/developer-guide/snowpark-container-services/specification-reference.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar, cast

import attrs
import orjson

from ...engine.errors import AccountError, unsupported

T = TypeVar("T")
_LONGEST = 100_000
"""Characters of a specification."""
_NAME = re.compile(r"[a-z]([a-z0-9-]{0,61}[a-z0-9])?")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LOADED = re.compile(
    r"(LD|DYLD)_.*|BASH_(ENV|FUNC.*)|ENV|PERL5?(OPT|LIB|DB)|PYTHON(STARTUP|WARNINGS|HOME)|RUBYOPT|"
    r"NODE_OPTIONS|(JDK_)?JAVA_(TOOL_)?OPTIONS|PATH"
)
"""Variables by which code comes into a program that isn't the image's."""
_REFERRED = re.compile(r"\{\{\s*(\w+)\s*(?:\|\s*default\((.*?)\)\s*)?\}\}")
_KEYS = ("username", "password", "secret_string", "access_token")


def _wrong(text: str) -> AccountError:
    return AccountError(400, "395018", "42601", f"Invalid service specification: {text}")


@attrs.frozen
class Secret:
    name: str
    variable: str | None
    """The variable that it is in, or else `folder` is where its files are."""
    key: str | None
    folder: str | None


@attrs.frozen
class Volume:
    name: str
    stage: str | None
    """The stage and the path there, such as `@db.schema.stage/in`; None for a volume that begins empty."""


@attrs.frozen
class Container:
    name: str
    image: str
    command: tuple[str, ...]
    args: tuple[str, ...]
    env: Mapping[str, str]
    probe: tuple[int, str] | None
    """The port and the path at which it says that it is ready."""
    mounts: Mapping[str, str]
    """The volume at each path."""
    secrets: tuple[Secret, ...]


@attrs.frozen
class Endpoint:
    name: str
    port: int | None
    range: str | None
    public: bool
    protocol: str


@attrs.frozen
class Specification:
    containers: tuple[Container, ...]
    endpoints: tuple[Endpoint, ...]
    volumes: Mapping[str, Volume]
    roles: Mapping[str, Sequence[str]]
    """The endpoints that they may use."""

    @property
    def ports(self) -> list[int]:
        """Those at which somebody wants to reach a container."""
        probes = [container.probe[0] for container in self.containers if container.probe is not None]
        return list(dict.fromkeys([*(one.port for one in self.endpoints if one.port is not None), *probes]))


NOTHING = Specification((), (), {}, {})


def specification(text: str) -> Specification:
    """What a text in YAML says. AccountError (395018) if it is no specification, 000002 for what is not emulated."""
    if len(text) > _LONGEST:
        raise _wrong(f"it has more than {_LONGEST:,} characters.")
    import yaml  # here, since few accounts that begin have services

    try:
        read: Any = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _wrong(" ".join(str(error).split())) from None
    whole = _record(read, "the specification", "spec serviceRoles capabilities")
    spec = _record(
        whole.get("spec"), "spec", "containers endpoints volumes logExporters platformMonitor resourceManagement"
    )
    if _truth(_inside(whole, "capabilities", "securityContext", "executeAsCaller"), "executeAsCaller"):
        raise unsupported("services with caller's rights (executeAsCaller)")
    found = Specification(
        _each(spec.get("containers"), "spec.containers", _container),
        _each(spec.get("endpoints"), "spec.endpoints", _endpoint),
        {one.name: one for one in _each(spec.get("volumes"), "spec.volumes", _volume)},
        dict(_each(whole.get("serviceRoles"), "serviceRoles", _role)),
    )
    if not found.containers:
        raise _wrong("it needs spec.containers, each with a name and an image.")
    for container in found.containers:
        _check_apart(container)
        if unknown := [one for one in container.mounts.values() if one not in found.volumes]:
            raise _wrong(
                f"container '{container.name}' mounts the volume '{unknown[0]}', which spec.volumes doesn't have."
            )
    return found


def _check_apart(container: Container) -> None:
    """AccountError if the files of secrets, or the session's token, would come into a volume, and so to a stage."""
    for path in ("/snowflake", *(one.folder for one in container.secrets if one.folder is not None)):
        for mount in container.mounts:
            one, other = (f"/{written.strip('/')}/" for written in (path, mount))
            if one.startswith(other) or other.startswith(one):
                raise _wrong(f"container '{container.name}' mounts a volume at {mount}, where {path} is, too.")


def rendered(text: str, values: Mapping[str, Any]) -> str:
    """The specification that a template makes with these values, by their names in small letters. AccountError if it
    needs others."""

    def value(found: re.Match[str]) -> str:
        name, default = found[1].lower(), found[2]
        if name in values:
            one = values[name]
            return one if isinstance(one, str) else orjson.dumps(one).decode()
        if default is None:
            raise _wrong(f"the template needs a value for '{found[1]}', in USING.")
        return default.strip().strip("'\"")

    made = _REFERRED.sub(value, text)
    if "{{" in made or "{%" in made:
        raise unsupported("more in templates of specifications than {{ name }} and {{ name | default(value) }}")
    return made


def _container(said: Mapping[str, Any], where: str) -> Container:
    _record(said, where, "name image command args env readinessProbe volumeMounts resources secrets")
    mounts = _each(said.get("volumeMounts"), f"{where}.volumeMounts", _mount, named=False)
    if len({path for path, _ in mounts}) < len(mounts):
        raise _wrong(f"{where}.volumeMounts has a mountPath twice.")
    probe: Any = said.get("readinessProbe")
    if probe is not None:
        _record(probe, f"{where}.readinessProbe", "port path")
        probe = (
            _port(probe.get("port"), f"{where}.readinessProbe.port"),
            _text(probe, "path", f"{where}.readinessProbe"),
        )
        if not probe[1].startswith("/") or any(one <= " " for one in probe[1]):
            raise _wrong(f"{where}.readinessProbe.path must begin with a slash, and have no blanks.")
    for key in ("requests", "limits"):
        _record(_inside(said, "resources", key) or {}, f"{where}.resources.{key}", "memory cpu nvidia.com/gpu")
    return Container(
        _text(said, "name", where),
        _text(said, "image", where),
        _texts(said.get("command"), f"{where}.command"),
        _texts(said.get("args"), f"{where}.args"),
        _env(said.get("env"), f"{where}.env"),
        probe,
        dict(mounts),
        _each(said.get("secrets"), f"{where}.secrets", _secret, named=False),
    )


def _env(said: Any, where: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in _record(said or {}, where).items():
        if not _VARIABLE.fullmatch(name):
            raise _wrong(f"{where}: '{name}' is no name of a variable.")
        if _LOADED.fullmatch(name):
            raise unsupported(
                f"the variable {name} in a specification, since it chooses code that the image doesn't have"
            )
        found[name] = _scalar(value, f"{where}.{name}")
    return found


def _mount(said: Mapping[str, Any], where: str) -> tuple[str, str]:
    _record(said, where, "name mountPath")
    return _path(said, "mountPath", where), _text(said, "name", where)


def _path(said: Mapping[str, Any], key: str, where: str) -> str:
    path = _text(said, key, where)
    if (
        not path.startswith("/")
        or "\0" in path
        or not {*path.split("/")}.isdisjoint(("..", "."))
        or not path.strip("/")
    ):
        raise _wrong(f"{where}.{key}: '{path}' is no absolute path.")
    return path


def _secret(said: Mapping[str, Any], where: str) -> Secret:
    _record(said, where, "snowflakeSecret secretKeyRef envVarName directoryPath")
    named: Any = said.get("snowflakeSecret")
    if isinstance(named, dict) and "objectReference" in named:
        raise unsupported("secrets of services by reference (objectReference)")
    name: Any = (
        named if isinstance(named, str) else _text(_record(named, f"{where}.snowflakeSecret"), "objectName", where)
    )
    variable, key = said.get("envVarName"), said.get("secretKeyRef")
    if (variable is None) == (said.get("directoryPath") is None):
        raise _wrong(f"{where} needs envVarName or directoryPath, and not both.")
    if variable is None:
        return Secret(name, None, None, _path(said, "directoryPath", where))
    if not _VARIABLE.fullmatch(str(variable)) or _LOADED.fullmatch(str(variable)):
        raise _wrong(f"{where}.envVarName: '{variable}' is no name of a variable for a secret.")
    if key not in _KEYS:
        raise _wrong(f"{where}.secretKeyRef must be one of {', '.join(_KEYS)}.")
    return Secret(name, str(variable), str(key), None)


def _volume(said: Mapping[str, Any], where: str) -> Volume:
    _record(said, where, "name source size blockConfig stageConfig uid gid")
    source, stage = _text(said, "source", where), None
    if source == "stage":
        stage = _text(_record(said.get("stageConfig"), f"{where}.stageConfig"), "name", f"{where}.stageConfig")
    elif source.startswith("@"):
        stage = source
    elif source == "block":
        raise unsupported("block volumes of services; local, memory and stage volumes are there")
    elif source not in ("local", "memory"):
        raise _wrong(f"{where}.source: '{source}' is not local, memory, stage, block or a stage such as @files.")
    if stage is not None and not stage.startswith("@"):
        raise _wrong(f"{where}: the stage '{stage}' doesn't begin with @.")
    return Volume(_text(said, "name", where), stage)


def _endpoint(said: Mapping[str, Any], where: str) -> Endpoint:
    _record(said, where, "name port portRange public protocol corsSettings")
    protocol, port = str(said.get("protocol", "HTTP")).upper(), said.get("port")
    if protocol not in ("HTTP", "HTTPS", "TCP"):
        raise _wrong(f"{where}.protocol: '{protocol}' is not HTTP, HTTPS or TCP.")
    if (port is None) == (said.get("portRange") is None):
        raise _wrong(f"{where} needs port or portRange, and not both.")
    return Endpoint(
        _text(said, "name", where),
        None if port is None else _port(port, f"{where}.port"),
        None if port is not None else str(said["portRange"]),
        _truth(said.get("public"), f"{where}.public"),
        protocol,
    )


def _role(said: Mapping[str, Any], where: str) -> tuple[str, tuple[str, ...]]:
    _record(said, where, "name endpoints")
    return _text(said, "name", where), _texts(said.get("endpoints"), f"{where}.endpoints")


# Parts of YAML


def _each(said: Any, where: str, read: Callable[[Mapping[str, Any], str], T], *, named: bool = True) -> tuple[T, ...]:
    if said is not None and not isinstance(said, list):
        raise _wrong(f"{where} must be a list.")
    found: list[T] = []
    names: set[str] = set()
    for at, one in enumerate(cast("list[Any]", said or [])):
        one = _record(one, f"{where}[{at}]")
        found.append(read(one, f"{where}[{at}]"))
        if named:
            name = str(one["name"])
            if where != "serviceRoles" and not _NAME.fullmatch(name):
                raise _wrong(f"{where}[{at}].name: '{name}' is not of small letters, digits and hyphens, at most 63.")
            if name in names:
                raise _wrong(f"{where} has '{name}' twice.")
            names.add(name)
    return tuple(found)


def _record(said: Any, where: str, known: str = "") -> Mapping[str, Any]:
    if not isinstance(said, dict) or not all(type(key) is str for key in cast("Iterable[Any]", said)):
        raise _wrong(f"{where} must be a mapping" + (f" with {known.split()[0]}." if known else "."))
    found = cast("dict[str, Any]", said)
    if unknown := found.keys() - {*known.split()} if known else ():
        raise _wrong(f"unknown field '{min(unknown)}' in {where}.")
    return found


def _inside(said: Mapping[str, Any], *path: str) -> Any:
    found: Any = said
    for at, part in enumerate(path):
        found = _record(found, ".".join(path[:at])).get(part) if found is not None else None
    return found


def _text(said: Mapping[str, Any], key: str, where: str) -> str:
    value: Any = said.get(key)
    if not isinstance(value, str) or not value or "\0" in value:
        raise _wrong(f"{where} needs {key}, a text.")
    return value


def _texts(said: Any, where: str) -> tuple[str, ...]:
    if said is not None and not isinstance(said, list):
        raise _wrong(f"{where} must be a list of texts.")
    return tuple(_scalar(one, where) for one in cast("list[Any]", said or []))


def _scalar(value: Any, where: str) -> str:
    text = (
        str(value).lower() if isinstance(value, bool) else str(value) if isinstance(value, (str, int, float)) else None
    )
    if text is None or "\0" in text:
        raise _wrong(f"{where} must be a text or a number.")
    return text


def _port(value: Any, where: str) -> int:
    if type(value) is not int or not 1 <= value <= 65535:
        raise _wrong(f"{where} must be a number from 1 to 65535.")
    return value


def _truth(value: Any, where: str) -> bool:
    if value not in (None, True, False):
        raise _wrong(f"{where} must be true or false.")
    return bool(value)
