"""Is `snowflake.core` here all of `snowcore`, and the same objects? A program for any environment."""

import importlib
import pkgutil
import warnings

import snowcore
import snowcore.cli
import snowflake.core

ONLY_OURS = {"cli", "commands", "console", "engine", "local", "pictures", "plan", "testing", "transport", "waiting"}


def public(package, within=""):
    """The public modules that both have, without the package's name. Ours alone may need what is not installed."""
    for each in pkgutil.iter_modules(package.__path__):
        if not each.name.startswith("_") and each.name not in ONLY_OURS:
            yield within + each.name
            if each.ispkg:
                inner = importlib.import_module(f"{package.__name__}.{each.name}")
                yield from public(inner, f"{within}{each.name}.")


warnings.simplefilter("ignore", DeprecationWarning)  # of modules that are imported though they are deprecated
ours, offered = set(public(snowcore)), set(public(snowflake.core))
assert ours == offered, ours ^ offered
same = 0
for name in ("", *(f".{name}" for name in sorted(ours))):
    here, there = (importlib.import_module(f"{package}{name}") for package in ("snowcore", "snowflake.core"))
    for each in there.__all__:
        assert getattr(here, each) is getattr(there, each), f"snowflake.core{name}.{each}"
        same += 1
    if name:
        assert set(getattr(here, "__all__", ())) == set(there.__all__), name
print(f"{same} names in {len(ours) + 1} modules are the same as in snowcore")
