"""What is committed under generated/ is what specs/ say."""

from __future__ import annotations

import importlib
import pickle
import subprocess
import sys
from pathlib import Path

import attrs
import pytest

import snowflake_rest
from codegen.__main__ import main, read_files
from snowflake_rest import runtime
from snowflake_rest.runtime import Model, Resource

from .conftest import ROOT

PACKAGE = Path(snowflake_rest.__file__).parent
MODULES = sorted(path.stem for path in PACKAGE.glob("*.py") if path.stem != "__init__")


def test_generating_again_gives_the_same_files(tmp_path: Path) -> None:
    assert main(["generate", "--specs", str(ROOT / "specs"), "--out", str(tmp_path / "again")]) == 0
    assert read_files(tmp_path / "again") == read_files(PACKAGE)


def test_the_runtime_is_a_copy() -> None:
    for path in (ROOT / "codegen" / "runtime").glob("[!_]*.py"):
        first, rest = (PACKAGE / "runtime" / path.name).read_text().split("\n", 1)
        assert first == "# Copied from codegen/runtime by `make generate`. Do not edit."
        assert rest == path.read_text()


def test_the_runtime_offers_the_public_names_of_its_modules() -> None:
    own = {
        name
        for path in (ROOT / "codegen" / "runtime").glob("[!_]*.py")
        for name, value in vars(importlib.import_module(f"snowflake_rest.runtime.{path.stem}")).items()
        if getattr(value, "__module__", "").endswith(f"runtime.{path.stem}") and not name.startswith("_")
    }
    first, _ = (PACKAGE / "runtime" / "__init__.py").read_text().split("\n", 1)
    assert first == "# Generated from codegen/runtime by `make generate`. Do not edit."
    assert own == set(runtime.__all__)


@pytest.mark.parametrize("name", MODULES)
def test_module_says_what_it_is(name: str) -> None:
    module = importlib.import_module(f"snowflake_rest.{name}")
    assert (module.__doc__ or "").strip()
    source = (PACKAGE / f"{name}.py").read_text()
    assert source.startswith(f"# Generated from specs/{name.replace('_', '-')}.yaml by `make generate`. Do not edit.\n")


@pytest.mark.parametrize("name", MODULES)
def test_models_are_public_classes_of_their_own_module(name: str) -> None:
    module = importlib.import_module(f"snowflake_rest.{name}")
    for attribute, value in vars(module).items():
        if isinstance(value, type) and issubclass(value, Model) and value.__module__ == module.__name__:
            assert attribute == value.__name__
            assert attrs.has(value)
            assert value.__dictoffset__ == 0, "slots"
            assert pickle.loads(pickle.dumps(value.from_dict({}))) == value.from_dict({})


@pytest.mark.parametrize("name", MODULES)
def test_resource_speaks_of_its_own_operations(name: str) -> None:
    module = importlib.import_module(f"snowflake_rest.{name}")
    resource = getattr(module, "RESOURCE", None)
    if resource is not None:
        assert isinstance(resource, Resource)
        assert resource.name == name
        for role in attrs.asdict(resource, recurse=False).values():
            assert not callable(role) or role.__module__ in (module.__name__, "snowflake_rest.common")


def test_task_is_a_whole_resource() -> None:
    from snowflake_rest import task

    resource = task.RESOURCE
    assert resource.model is task.Task
    assert resource.collection == "/api/v2/databases/{database}/schemas/{schema}/tasks"
    assert (resource.list, resource.create, resource.fetch) == (task.list_tasks, task.create_task, task.fetch_task)
    assert (resource.create_or_alter, resource.drop) == (task.create_or_alter_task, task.delete_task)
    assert (resource.set_tags, resource.unset_tags, resource.get_tags) == (
        task.set_tags,
        task.unset_tags,
        task.get_tags,
    )
    assert resource.undrop is None


def test_importing_one_resource_loads_nothing_of_the_others() -> None:
    code = "import sys, snowflake_rest.task; print(*sorted(m for m in sys.modules if m.startswith('snowflake_rest.')))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    modules = {name for name in loaded if not name.startswith("snowflake_rest.runtime")}
    assert modules == {"snowflake_rest.common", "snowflake_rest.task"}


def test_importing_the_package_loads_nothing() -> None:
    code = "import sys, snowflake_rest; print(*(m for m in sys.modules if m.startswith(('snowflake_rest.', 'attr'))))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == ""
