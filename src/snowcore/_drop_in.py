"""Models under the names that they have in Snowflake's SDK, for programs that import them from there.

There, the models of `snowflake.core.role` are in `snowflake.core.role._generated` and its `models`, and each once more
in a module of its own, such as `models.containing_scope`. Other classes are in private modules, such as
`snowflake.core.grant._grantee`. Here a finder makes such modules when they are asked for.
"""

from __future__ import annotations

import importlib
import re
import sys
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from snowflake_rest.runtime import Model

_NAME = re.compile(r"snowflake\.core\.([a-z][a-z_.]*?)\._generated(?:\.models(?:\.(\w+))?)?")
_PRIVATE = re.compile(r"snowflake\.core\.(alert|grant|role|service|user)\._(?!generated)[a-z_]+")
_ELSEWHERE = {
    "cortex.chat_service": "cortex_chat",
    "cortex.embed_service": "cortex_embed",
    "cortex.inference_service": "cortex_inference",
    "cortex.lite_agent_service": "cortex_lite_agent",
    "cortex.search_service": "cortex_search_service",
}


class _Finder:
    """Finds `snowflake.core.<resource>._generated`, `._generated.models` and `._generated.models.<model>`."""

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if _PRIVATE.fullmatch(fullname):
            return ModuleSpec(fullname, self)  # type: ignore[arg-type]
        found = _NAME.fullmatch(fullname)
        if found is None or (found[2] is not None and _one(found[2], _models(found[1])) is None):
            return None
        return ModuleSpec(fullname, self, is_package=found[2] is None)  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> None:
        """An ordinary module will do."""

    def exec_module(self, module: ModuleType) -> None:
        if private := _PRIVATE.fullmatch(module.__name__):
            public = sys.modules[f"snowflake.core.{private[1]}"]
            module.__doc__ = f"What is in `{public.__name__}`."
            module.__dict__.update({name: getattr(public, name) for name in public.__all__})
            return
        found = _NAME.fullmatch(module.__name__)
        assert found is not None
        models = _models(found[1])
        module.__doc__ = f"The models of `snowflake.core.{found[1]}`."
        module.__dict__.update({f"{name}Model": model for name, model in models.items()} | models)
        module.__dict__["__all__"] = sorted(models)


def _models(resource: str) -> dict[str, type[Model]]:
    """The models of a resource by name. Where the public module has one of the same name, it is that."""
    places = [
        importlib.import_module("snowflake_rest.common"),
        importlib.import_module(f"snowflake_rest.{_ELSEWHERE.get(resource, resource)}"),
        sys.modules[f"snowflake.core.{resource}"],
    ]
    return {name: value for place in places for name, value in vars(place).items() if _is_model(value)}


def _one(module: str, models: dict[str, type[Model]]) -> type[Model] | None:
    """The model that a module is named after, such as `containing_scope` or `role_model`."""
    wanted = module.replace("_", "").lower()
    return next((model for name, model in models.items() if wanted in (name.lower(), f"{name.lower()}model")), None)


def _is_model(value: Any) -> bool:
    return isinstance(value, type) and issubclass(value, Model) and value is not Model


def offer_private_modules() -> None:
    """Let programs import what is described above."""
    sys.meta_path.append(_Finder())  # type: ignore[arg-type]
