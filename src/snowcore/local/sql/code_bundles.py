"""EXECUTE CODE BUNDLE: a file of a bundle, or of a place in a stage, runs as `code_bundle.yml` or the statement says.

See https://docs.snowflake.com/en/sql-reference/sql/execute-code-bundle and
https://docs.snowflake.com/en/developer-guide/code-bundles/code-bundle-yml-reference.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import yaml

from ...engine.errors import invalid, unsupported
from ...engine.names import canonical
from ...engine.protocol import Result, running
from ..objects.base import full
from ..objects.code_bundle_executions import CodeBundleExecutions
from ..objects.versions import Versioned
from . import notebooks
from .kinds import OF, place
from .reader import Reader
from .results import TEXT, table
from .versions import versioned

if TYPE_CHECKING:
    from . import SqlSession

_SPECIFICATION = "code_bundle.yml"
_PYTHON = re.compile(r"(?:V[\d.]+-\w+-PY)?(3\.\d+)")
"""The Python of a warehouse's runtime, 3.11, or of a container's, V2.9-CPU-PY3.12."""
_ELSEWHERE = ("stage_mounts", "secrets", "external_access_integrations", "artifact_repositories")


def execute(session: SqlSession, reader: Reader) -> Result:
    who, name, anonymous = session.context, "", reader.take("FROM")
    if anonymous:
        at, said = reader.place(), _options(reader)
        kind = session.account.kinds["code-bundle"]
        assert isinstance(kind, Versioned)
        folder = kind.files(who, at)[0]
    else:
        where = place(session, OF["code-bundle"], reader.path(), "EXECUTE CODE BUNDLE")
        said = _options(reader)
        kind, entry = versioned(session, "code-bundle", where)
        name, folder = full(entry.path), kind.folder_of(entry, "DEFAULT")
        who = attrs.evolve(who, database=entry.path[0], schema=entry.path[1])
    try:
        _run(session, who, name, folder, said)
    finally:
        if anonymous:
            shutil.rmtree(folder, ignore_errors=True)
    return table([("RETURN_VALUE", TEXT)], [(None,)])


def _options(reader: Reader) -> dict[str, Any]:
    said: dict[str, Any] = {"ARGUMENTS": []}
    while not reader.done:
        if reader.take("WITH SPECIFICATION"):
            said["SPECIFICATION"] = reader.string()
            continue
        option = reader.one_of("ENTRYPOINT", "ARGUMENTS", "EXECUTION_NAME")
        if option is None:
            raise reader.wrong()
        reader.expect("=")
        said[option] = reader.several(reader.string) if option == "ARGUMENTS" else reader.string()
    if "ENTRYPOINT" not in said:
        raise reader.wrong()
    return said


def _run(session: SqlSession, who: Any, name: str, folder: Path, said: Mapping[str, Any]) -> None:
    entrypoint: str = said["ENTRYPOINT"]
    bundle = _specification(said.get("SPECIFICATION"), folder)
    compute: Mapping[str, Any] = bundle.get("compute_options") or {}
    version = _PYTHON.fullmatch(str(compute.get("runtime_version", "3.9")))
    if version is None:
        raise invalid(f"Invalid value of 'runtime_version': {compute['runtime_version']!r}.")
    environment = session.account.code.environment(version[1], _packages(bundle, folder), snowpark=True)
    warehouse = compute.get("warehouse") or compute.get("query_warehouse")
    if warehouse is not None:
        who = attrs.evolve(who, warehouse=canonical(warehouse))
    told = {"bundle_name": name, "bundle_type": "custom", "language_type": "python", "entrypoint": entrypoint}
    told |= {"compute_type": str(bundle["compute_type"]).lower(), "execution_name": said.get("EXECUTION_NAME", "")}
    told |= {"runtime_name": str(compute.get("runtime_version", "")), "query_id": running.get()}
    told |= {f"{part}_name": at for part in ("database", "schema") if (at := getattr(who, part))}
    executions = session.account.kinds["code-bundle-execution"]
    assert isinstance(executions, CodeBundleExecutions)
    title, arguments = f"code bundle {name}".strip(), [entrypoint, *said["ARGUMENTS"]]
    given: list[dict[str, Any]] = bundle.get("env_vars") or []
    variables = {key: str(value) for one in given for key, value in one.items()}
    with executions.noted(session.user, told):
        notebooks.run(session, who, title, folder, entrypoint, arguments, environment, variables)


def _specification(given: str | None, folder: Path) -> Mapping[str, Any]:
    try:
        bundle: dict[str, Any] = yaml.safe_load(given or notebooks.text_of(folder, _SPECIFICATION))["bundle"]
        kind, language = str(bundle["type"]).lower(), str(bundle.get("language", "python")).lower()
        compute = str(bundle["compute_type"]).lower()
    except (yaml.YAMLError, LookupError, TypeError, AttributeError):
        raise invalid("The specification says no 'bundle' with a 'type' and a 'compute_type'.") from None
    if (kind, language) != ("custom", "python") or compute not in ("warehouse", "compute_pool"):
        raise unsupported(f"code bundles of type {kind}, in {language}, on {compute}")
    if wrong := next((one for one in _ELSEWHERE if bundle.get(one)), None):
        raise unsupported(f"{wrong} of code bundles")
    return bundle


def _packages(bundle: Mapping[str, Any], folder: Path) -> list[str]:
    """What requirements.txt or its like wants, which must be installed."""
    said: Mapping[str, str] = bundle.get("properties") or {}
    if "requirements_file" not in said:
        return []
    lines = notebooks.text_of(folder, said["requirements_file"]).splitlines()
    return [wanted for line in lines if (wanted := line.partition("#")[0].strip())]
