"""Is `snowflake.core` here all of `snowcore`, and the same objects? A program for any environment."""

import importlib
import pkgutil
import warnings

import snowcore
import snowcore.cli
import snowflake.core

ONLY_OURS = {"cli", "local", "transport"}


def public(package):
    names = {each.name.removeprefix(f"{package.__name__}.") for each in _walk(package)}
    return {name for name in names if not any(part.startswith("_") for part in name.split("."))}


def _walk(package):
    return pkgutil.walk_packages(package.__path__, f"{package.__name__}.", onerror=_fail)


def _fail(name):
    raise ImportError(name)


warnings.simplefilter("ignore", DeprecationWarning)  # of modules that are imported though they are deprecated
ours = {name for name in public(snowcore) if name.partition(".")[0] not in ONLY_OURS}
assert public(snowflake.core) == ours, public(snowflake.core) ^ ours
same = 0
for name in ("", *(f".{name}" for name in sorted(ours))):
    here, there = (importlib.import_module(f"{package}{name}") for package in ("snowcore", "snowflake.core"))
    for each in there.__all__:
        assert getattr(here, each) is getattr(there, each), f"snowflake.core{name}.{each}"
        same += 1
    if name:
        assert set(getattr(here, "__all__", ())) == set(there.__all__), name
print(f"{same} names in {len(ours) + 1} modules are the same as in snowcore")
