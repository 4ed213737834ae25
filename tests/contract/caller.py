"""A program for Snowflake's SDK that makes the calls it is told on its input, one a line, and says how each went.

It runs with that SDK and with ours alike, by the interpreter that it is given to.
"""

import base64
import datetime
import importlib
import json
import pkgutil
import sys
import warnings

import snowflake.connector

import snowflake.core
from snowflake.core import Root


def main():
    warnings.simplefilter("ignore")
    for module in pkgutil.walk_packages(snowflake.core.__path__, "snowflake.core."):
        if "._" not in module.name:
            importlib.import_module(module.name)
    connection = snowflake.connector.connect(connection_name="myconnection")
    print("ready", flush=True)
    for line in sys.stdin:
        call = json.loads(line)
        build = Builder(Root(connection), call["module"])  # a new root: one keeps handles, and renames them
        try:
            result = getattr(build(call["place"]), call["method"])(**build(call["arguments"]))
            if hasattr(result, "__next__"):
                list(result)
            outcome = None
        except Exception as error:
            outcome = f"{type(error).__name__}: {error}"
        print(json.dumps(outcome), flush=True)


class Builder:
    """Makes values of what stands for them in JSON."""

    def __init__(self, root, module):
        self.root, self.module = root, module

    def __call__(self, value):
        if isinstance(value, list):
            return [self(item) for item in value]
        if isinstance(value, dict):
            ((kind, inner),) = value.items()
            return getattr(self, f"as_{kind}")(*inner)
        return value

    def as_root(self):
        return self.root

    def as_get(self, place, name):
        return getattr(self(place), name)

    def as_item(self, collection, name):
        return self(collection)[name]

    def as_new(self, module, name, arguments, named):
        return self.found(module, name)(*map(self, arguments), **{key: self(value) for key, value in named.items()})

    def as_enum(self, module, name, member):
        return self.found(module, name)[member]

    def as_dict(self, *items):
        return {self(key): self(value) for key, value in items}

    def as_set(self, *items):
        return set(map(self, items))

    def as_bytes(self, text):
        return base64.b64decode(text)

    def as_time(self, text):
        return datetime.datetime.fromisoformat(text)

    def as_interval(self, seconds):
        return datetime.timedelta(seconds=seconds)

    def found(self, module, name):
        """A class by name: public in one of the modules, or where the SDK keeps its models."""
        places = (module, f"{module}._generated.models", self.module, f"{self.module}._generated.models")
        for place in (*places, "snowflake.core"):
            try:
                return getattr(importlib.import_module(place), name)
            except (ImportError, AttributeError):
                continue
        raise LookupError(f"{module} has no {name}")


main()
