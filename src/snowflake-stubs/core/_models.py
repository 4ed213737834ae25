# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""Each model in a module of its own, as Snowflake's SDK has it: `role._generated.models.containing_scope`."""

import re
import sys
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
from typing import Any

_WORD = re.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def offer_modules(package: str, models: dict[str, Any]) -> None:
    """Offer the models of a package in modules named after them, and each as `RoleModel` too, as once they were called.

    The import system takes what is in `sys.modules` once the package is imported.
    """
    for name in models["__all__"]:
        names = {name: models[name], f"{name}Model": models[name]}
        for alias in names:
            module = module_from_spec(ModuleSpec(f"{package}.{_WORD.sub('_', alias).lower()}", None))
            vars(module).update(names)
            sys.modules[module.__name__] = module
        models.update(names)
