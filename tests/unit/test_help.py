"""What `help()` and editors say of models and of the methods that make objects."""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import re
import subprocess
import sys
import typing
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any, Generic, Literal

import attrs
import pytest

import snowcore
import snowflake_rest
from snowcore._collections import Collection
from snowcore.task import Task
from snowcore.warehouse import Warehouse
from snowflake_rest.runtime import Choice, Model


def _list_by_module() -> Iterator[tuple[str, Any]]:
    """What is in the generated package, and what the public modules name."""
    for package in (snowflake_rest, snowcore):
        yield from ((f"{package.__name__}.{name}", getattr(package, name)) for name in getattr(package, "__all__", ()))
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            parts = found.name.split(".")
            if any(
                part.startswith("_") or part in ("commands", "console", "engine", "local", "runtime")
                for part in parts[1:]
            ):
                continue
            module = importlib.import_module(found.name)
            for name in getattr(module, "__all__", vars(module)):
                yield f"{found.name}.{name}", getattr(module, name)


CLASSES = sorted(
    {
        value
        for _, value in _list_by_module()
        if isinstance(value, type) and not value.__module__.startswith(("snowflake_rest.runtime", "snowcore.local"))
    },
    key=lambda cls: f"{cls.__module__}.{cls.__qualname__}",
)
MODELS = [cls for cls in CLASSES if issubclass(cls, Model) and attrs.has(cls)]


def _explain(cls: type[Any]) -> dict[str, str]:
    """What the docstring of a class says of each argument, in one line each."""
    lines = (inspect.getdoc(cls) or "").split("\n")
    out: dict[str, str] = {}
    name = ""
    for line in lines:
        if entry := re.match(r"    (\w+)(?: \(set by the server\))?: (.+)", line):
            name, out[entry[1]] = entry[1], entry[2]
        elif line.startswith("        ") and name:
            out[name] += f" {line.strip()}"
    return out


@pytest.mark.parametrize("cls", MODELS, ids=lambda cls: f"{cls.__module__}.{cls.__name__}")
def test_the_docstring_of_a_model_explains_every_argument_of_its_constructor(cls: type[Any]) -> None:
    explained = _explain(cls)
    arguments = [a for a in attrs.fields(cls) if a.init]
    assert {a.alias for a in arguments} - explained.keys() == set()
    read_only = {a.alias for a in arguments if a.metadata["read_only"]}
    assert {name for name in explained if f" {name} (set by the server):" in cls.__doc__} == read_only
    for a in arguments:
        if isinstance(kind := a.metadata["kind"], Choice):
            assert all(f"`{value}`" in explained[a.alias] for value in kind.values if value), a.name


@pytest.mark.parametrize("cls", MODELS, ids=lambda cls: f"{cls.__module__}.{cls.__name__}")
def test_a_field_with_known_values_is_typed_by_them_and_open(cls: type[Any]) -> None:
    for a in attrs.fields(cls):
        if isinstance(a.metadata.get("kind"), Choice):
            assert re.fullmatch(r"Literal\[.+\] \| str( \| None)?", a.type.replace("\n", " ")), f"{a.name}: {a.type}"


def test_known_values_of_a_string_that_takes_any() -> None:
    hint = typing.get_type_hints(Warehouse)["warehouse_size"]
    known = next(arm for arm in typing.get_args(hint) if typing.get_origin(arm) is Literal)
    assert {"XSMALL", "X6LARGE"} <= set(typing.get_args(known)) and str in typing.get_args(hint)
    assert Warehouse("w", warehouse_size="X7LARGE").to_dict()["warehouse_size"] == "X7LARGE"


def test_help_tells_meaning_unit_default_and_values() -> None:
    explained = _explain(Warehouse)
    assert "seconds" in explained["auto_suspend"] and "default 600" in explained["auto_suspend"]
    assert "`XSMALL` (the default)" in explained["warehouse_size"] and "`X5LARGE`" in explained["warehouse_size"]
    assert "milliseconds" in _explain(Task)["user_task_timeout_ms"]
    assert "help(Warehouse)" in (Warehouse.__init__.__doc__ or "")


@pytest.mark.parametrize(
    "cls",
    [cls for cls in CLASSES if issubclass(cls, Collection) and hasattr(cls, "create")],
    ids=lambda cls: cls.__name__,
)
def test_create_tells_of_its_modes_and_errors(cls: type[Any]) -> None:
    doc = inspect.getdoc(cls.create) or ""
    assert "ConflictError" in doc
    if "mode" in inspect.signature(cls.create).parameters:
        assert "`if_not_exists`" in doc and "`or_replace`" in doc
    if altering := getattr(cls._handle, "create_or_alter", None):
        assert "create" in (inspect.getdoc(altering) or "").lower()


def _callables(cls: type[Any]) -> Iterator[tuple[str, Any]]:
    """What a class offers to its users: methods, properties, and what can be called."""
    for name in dir(cls):
        found = inspect.getattr_static(cls, name)
        found = getattr(found, "__func__", found)
        owner = found.fget if isinstance(found, property) else found
        where = str(getattr(owner, "__module__", None) or type(owner).__module__)
        if name[0] != "_" and callable(owner) and where.startswith(("snowcore", "snowflake_rest")):
            yield name, found


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: f"{cls.__module__}.{cls.__name__}")
def test_whatever_can_be_called_says_what_it_does(cls: type[Any]) -> None:
    assert inspect.getdoc(cls)
    assert [name for name, found in _callables(cls) if not inspect.getdoc(found)] == []


def test_every_function_says_what_it_does() -> None:
    functions = {name: f for name, f in _list_by_module() if inspect.isfunction(f) and "._" not in name}
    assert "snowcore.simple_file_logging" in functions
    assert [name for name, function in functions.items() if not inspect.getdoc(function)] == []


OWN = [
    cls
    for cls in CLASSES
    if not issubclass(cls, (Model, Enum, Exception))
    and not getattr(cls, "_is_protocol", False)
    and cls not in (Generic,)
]


@pytest.mark.parametrize("cls", OWN, ids=lambda cls: f"{cls.__module__}.{cls.__name__}")
def test_a_class_explains_the_arguments_of_its_constructor(cls: type[Any]) -> None:
    maker = next((base for base in cls.__mro__ if "__init__" in vars(base)), cls)
    said = "\n".join(filter(None, (inspect.getdoc(cls), maker.__doc__, maker.__init__.__doc__)))
    parameters = inspect.signature(cls).parameters.values() if maker is not object else ()
    names = [p.name for p in parameters if p.kind not in (p.VAR_KEYWORD, p.VAR_POSITIONAL)]
    fields = inspect.getsource(cls) if attrs.has(cls) else ""  # a field may have a docstring of its own
    explained = [
        name
        for name in names
        if re.search(rf"(?m)(^|[\s(]){name}(,\s+\w+)*:\s", said) or re.search(rf'    {name}: .*\n    """', fields)
    ]
    assert explained == names


SAMPLE = """
from snowcore import Root
from snowcore.table import Table
from snowcore.warehouse import Warehouse

Warehouse("w", warehouse_size="")
Table(name="t", kind="")
Warehouse("w", warehouse_size="X7LARGE", wait_for_completion="perhaps one day").warehouse_size = "X8LARGE"
Warehouse("w", warehouse_size=1)


def make(root: Root) -> None:
    root.warehouses.create(Warehouse("w"))
"""


class _Editor:
    """What an editor asks of a language server, on one file."""

    def __init__(self, folder: Path) -> None:
        self.uri, self.diagnostics = (folder / "sample.py").as_uri(), list[str]()
        command = [str(Path(sys.executable).with_name("pyright-langserver")), "--stdio"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        workspace = {"uri": folder.as_uri(), "name": "sample"}
        self.ask("initialize", {"processId": None, "workspaceFolders": [workspace], "capabilities": {}})
        self.send("initialized", {})
        document = {"uri": self.uri, "languageId": "python", "version": 1, "text": SAMPLE}
        self.send("textDocument/didOpen", {"textDocument": document})

    def send(self, method: str, params: dict[str, Any], **more: int) -> None:
        body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def receive(self) -> dict[str, Any]:
        assert self.process.stdout
        length = 0
        while header := self.process.stdout.readline().strip():
            length = int(header.split(b":")[1]) if header.startswith(b"Content-Length") else length
        message: dict[str, Any] = json.loads(self.process.stdout.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            self.diagnostics = [
                found["message"] for found in message["params"]["diagnostics"] if found["severity"] == 1
            ]
        return message

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        self.send(method, params, id=1)
        while True:
            message = self.receive()
            if "result" in message:
                return message["result"]

    def at(self, kind: str, text: str) -> Any:
        """A question about the place right behind a text of the sample."""
        before = SAMPLE[: SAMPLE.index(text) + len(text)].split("\n")
        place = {"line": len(before) - 1, "character": len(before[-1])}
        return self.ask(f"textDocument/{kind}", {"textDocument": {"uri": self.uri}, "position": place})


@pytest.fixture
def editor(tmp_path: Path) -> Iterator[_Editor]:
    (tmp_path / "sample.py").write_text(SAMPLE)
    root = Path(__file__).parents[2]
    venv = {"venvPath": str(Path(sys.prefix).parent), "venv": Path(sys.prefix).name}
    paths = {"extraPaths": [f"{root}/src", f"{root}/generated"]}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(paths | venv))
    editor = _Editor(tmp_path)
    with editor.process:
        yield editor
        editor.process.kill()


def test_editors_complete_known_values_accept_others_and_show_what_an_argument_means(editor: _Editor) -> None:
    sizes = [item["label"] for item in editor.at("completion", 'warehouse_size="')["items"]]
    assert '"XSMALL"' in sizes and '"X6LARGE"' in sizes
    kinds = [item["label"] for item in editor.at("completion", 'kind="')["items"]]
    assert '"TRANSIENT"' in kinds
    assert "each step doubles the compute" in str(editor.at("hover", 'Warehouse("w", ware'))
    assert "default 600" in str(editor.at("hover", "import Ware"))
    assert "ConflictError" in str(editor.at("hover", "root.warehouses.cre"))
    while not editor.diagnostics:
        editor.receive()
    assert len(editor.diagnostics) == 1 and '"Literal[1]"' in editor.diagnostics[0]  # any string may be a size
