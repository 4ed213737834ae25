"""From the intermediate form to the text of a module.

What Python asks for is worked out here (hints, expressions, names that hide others); the templates only lay it out.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path

import attrs
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from . import ir
from .runtime.resource import Resource

WIDTH = 120
_HOMES = {"Any": "typing", "Literal": "typing", "date": "datetime", "datetime": "datetime"}
_BOUNDED = {"STRING": "String", "INTEGER": "Integer", "NUMBER": "Number"}
_ROLES = {field.name for field in attrs.fields(Resource)} - {"name", "collection", "model"}
TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


Models = Mapping[ir.Name, ir.Model]


def render(document: ir.Document, models: Models) -> str:
    """The module of a document, not yet formatted. models: those of all documents, which its own may extend."""
    return TEMPLATES.get_template("module.py.jinja").render(document=document, module=Module(document, models))


class Module:
    """One module in the making: what of its text follows from a part, and what it needs to import for that."""

    def __init__(self, document: ir.Document, models: Models) -> None:
        self.document, self.models = document, models
        self.own = {
            *(constant.name.name for constant in document.constants),
            *(model.name for model in document.models),
            *(operation.name for operation in document.operations),
        }
        self.inner: set[str] = set()
        """The names of fields or arguments, which hide others where they are written."""
        self.imports: set[tuple[str, str, str]] = set()
        self.defined: set[str] = set()
        self.kinds: dict[str, ir.Kind] = {}

    # Names

    def use(self, home: str, name: str) -> str:
        """A name of another module, imported; under an alias where it would be hidden."""
        if home == self.document.module:
            return name
        alias = f"_{name}" if name in self.own | self.inner else name
        if home != "builtins" or alias != name:
            home = home if home in ("builtins", "datetime", "typing") else f".{home}"
            self.imports.add((home, name, alias))
        return alias

    def runtime(self, name: str) -> str:
        return self.use("runtime", name)

    def hint(self, kind: ir.Kind | None) -> str:
        """The annotation of a value of this kind."""

        def plain(name: str) -> str:
            return self.use(_HOMES.get(name, "builtins"), name)

        match kind:
            case None:
                return "None"
            case ir.Scalar(_, hint):
                return " | ".join(map(plain, hint.split(" | ")))
            case ir.Choice(values):
                # open: a server may know other values, and editors complete those that are known here
                return f"{plain('Literal')}[{', '.join(map(repr, values))}] | {plain('str')}"
            case ir.Constant(_, named):
                return self.hint(named)
            case ir.Array(item):
                return f"{plain('list')}[{self.hint(item)}]"
            case ir.Map(item):
                return f"{plain('dict')}[{plain('str')}, {self.hint(item)}]"
            case ir.Optional(item):
                return f"{self.hint(item)} | None"
            case ir.Nested(model):
                return self.use(model.module, model.name)

    def expression(self, kind: ir.Kind) -> str:
        """The runtime's kind, as Python makes it."""
        match kind:
            case ir.Scalar(constant, _, ()):
                return self.runtime(constant)
            case ir.Scalar(constant, _, bounds):
                arguments = ", ".join(f"{name}={value!r}" for name, value in bounds)
                return f"{self.runtime(_BOUNDED[constant])}({arguments})"
            case ir.Choice(values):
                return f"{self.runtime('Choice')}({', '.join(map(repr, values))})"
            case ir.Constant(name, _):
                return self.use(name.module, name.name)
            case ir.Array(item) | ir.Map(item):
                return f"{self.runtime(type(kind).__name__)}({self.expression(item)})"
            case ir.Optional(item):
                return self.expression(item)
            case ir.Nested(model):
                name = self.use(model.module, model.name)
                later = model.module == self.document.module and name not in self.defined
                return f"{self.runtime('Nested')}({'lambda: ' if later else ''}{name})"

    def name_kind(self, kind: ir.Kind, name: str) -> str:
        """A kind that an operation uses: a constant of the module, so that no call makes one."""
        if isinstance(kind, ir.Constant) or (isinstance(kind, ir.Scalar) and not kind.bounds):
            return self.expression(kind)
        wanted = stem = f"_{_constant_name(kind, name)}"
        i = 1
        while self.kinds.setdefault(wanted, kind) != kind:
            i += 1
            wanted = f"{stem}_{i}"
        return wanted

    # Models

    def define_models(self) -> Iterator[ir.Model]:
        """The models in the order in which Python can define them."""
        for model in _in_order(self.document.models, self.document.module):
            self.inner = {field.name for field in model.fields}
            yield model
            self.defined.add(model.name)
        self.inner = set()

    def explain_model(self, model: ir.Model) -> str:
        """The docstring of a model: what it is, what its constructor takes, what the server sets."""
        parts = [model.doc or f"A {re.sub('(?<=[a-z])(?=[A-Z])', ' ', model.name).lower()}."]
        fields = [field for field in self.fields(model).values() if not field.fixed]
        for title, read_only, mark in (("Args", False, ""), ("Attributes", True, " (set by the server)")):
            if lines := [f"    {f.name}{mark}: {describe(f)}" for f in fields if f.read_only is read_only]:
                parts.append("\n".join([f"{title}:", *lines]))
        return "\n\n".join(parts)

    def fields(self, model: ir.Model) -> dict[str, ir.Field]:
        """The fields of a model by name, with those of its bases."""
        inherited = self.fields(self.models[model.base]) if model.base else {}
        return inherited | {field.name: field for field in model.fields}

    def annotate(self, field: ir.Field) -> str:
        hint = self.hint(ir.Choice(field.known) if field.known else field.kind)
        never_none = field.required or field.others or (field.fixed and field.default is not None)
        return hint if never_none or hint.endswith("Any") else f"{hint} | None"

    # Operations

    def define_operations(self) -> Iterator[ir.Operation]:
        for operation in self.document.operations:
            self.inner = {parameter.name for parameter in operation.parameters}
            yield operation
        self.inner = set()

    def sign(self, operation: ir.Operation) -> Iterator[str]:
        """The parameters of an operation's function."""
        for parameter in operation.parameters:
            if parameter in operation.named[:1]:
                yield "*"
            yield f"{parameter.name}: {self.hint(parameter.kind)}{'' if parameter.required else ' | None = None'}"

    def check(self, function: str, parameter: ir.Parameter) -> str:
        """The call of the runtime that makes an argument ready to travel."""
        kind, required = self.name_kind(parameter.kind, parameter.name), ", required=True" if parameter.required else ""
        return f"{self.runtime(function)}({parameter.name!r}, {kind}, {parameter.name}{required})"

    def path(self, operation: ir.Operation) -> str:
        path = operation.path
        for p in operation.parameters:
            if p.place == "path":
                path = path.replace(f"{{{p.wire}}}", f"{{{self.runtime('segment')}({p.name!r}, {p.name})}}")
        return f'"{path}"' if path == operation.path else f'f"{path}"'

    # The resource

    def resource(self) -> list[tuple[str, str]]:
        """The arguments of `Resource(...)`: what of the document is an operation that most resources share."""
        collection = self.document.collection
        played = dict(find_roles(self.document)) if collection else {}
        listed, fetched = played.get("list"), played.get("fetch")
        model = next((m for m in (fetched and _model(fetched.answer), listed and _find_item(listed.answer)) if m), None)
        if collection is None or model is None:
            return []
        if fetched and _model(fetched.answer) != model:
            del played["fetch"]
        if listed and _find_item(listed.answer) != model:
            del played["list"]
        fixed = {"name": repr(self.document.module), "collection": repr(collection)}
        fixed["model"] = self.use(model.module, model.name)
        return [*fixed.items(), *((role, operation.name) for role, operation in played.items())]


def find_roles(document: ir.Document) -> Iterator[tuple[str, ir.Operation]]:
    """Operations by the part they play in a resource, which method and path tell. Deprecated twins play none."""
    one = re.escape(document.collection or "") + r"/\{\w+\}"
    for operation in document.operations:
        if operation.deprecated:
            continue
        if operation.path == document.collection:
            role = {"GET": "list", "POST": "create"}.get(operation.method)
        elif re.fullmatch(one, operation.path):
            role = {"GET": "fetch", "PUT": "create_or_alter", "DELETE": "drop"}.get(operation.method)
        else:
            action = re.fullmatch(rf"{one}:([a-z-]+)", operation.path)
            role = action and action[1].replace("-", "_")
        if role and role in _ROLES:
            yield role, operation


def _model(kind: ir.Kind | None) -> ir.Name | None:
    return kind.model if isinstance(kind, ir.Nested) else None


def _find_item(kind: ir.Kind | None) -> ir.Name | None:
    return _model(kind.item) if isinstance(kind, ir.Array) else None


def _in_order(models: tuple[ir.Model, ...], module: str) -> list[ir.Model]:
    """Models after what they are made of, as far as they don't go in circles; bases first in any case."""
    by_name = {model.name: model for model in models}
    ordered: dict[str, ir.Model] = {}

    def visit(model: ir.Model, above: tuple[str, ...]) -> None:
        if model.name in ordered:
            return
        if model.base and model.base.module == module:
            visit(by_name[model.base.name], (*above, model.name))
        for field in model.fields:
            for name in find_models(field.kind):
                if name.module == module and name.name not in (*above, model.name):
                    visit(by_name[name.name], (*above, model.name))
        ordered.setdefault(model.name, model)

    for model in models:
        visit(model, ())
    return list(ordered.values())


def find_models(kind: ir.Kind) -> Iterator[ir.Name]:
    """The models in a kind."""
    match kind:
        case ir.Nested(model):
            yield model
        case ir.Array(item) | ir.Map(item) | ir.Optional(item):
            yield from find_models(item)


def _constant_name(kind: ir.Kind, name: str) -> str:
    match kind:
        case ir.Nested(model):
            return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", model.name).upper()
        case ir.Constant(constant, _):
            return constant.name
        case ir.Array(item):
            return f"{_constant_name(item, name)}_LIST"
        case ir.Map(item):
            return f"{_constant_name(item, name)}_MAP"
        case ir.Optional(item):
            return _constant_name(item, name)
        case ir.Scalar(constant, _, ()):
            return constant
    return name.upper()


def explain_operation(operation: ir.Operation) -> str:
    """The docstring of an operation: what it does, and what its arguments are, in their order."""
    told = {parameter.name: tell_default(parameter) for parameter in operation.parameters}
    return explain((operation.doc or operation.id) + ("\n\nDeprecated." if operation.deprecated else ""), told)


def explain(doc: str, told: Mapping[str, str]) -> str:
    """A docstring: what something does, and what is to be said of its arguments."""
    lines = [f"    {name}: {text}" for name, text in told.items() if text]
    return "\n".join([doc, "", "Args:", *lines] if lines else [doc])


def describe(field: ir.Field) -> str:
    """What a field is, with the values and the default that its text leaves out."""
    kind = field.kind.kind if isinstance(field.kind, ir.Constant) else field.kind
    values = kind.values if isinstance(kind, ir.Choice) else field.known
    said = [field.doc]
    if any(f"`{value}`" not in field.doc for value in values):
        said.append(
            f"{'Known values: ' if field.known else 'One of '}{', '.join(f'`{value}`' for value in values if value)}."
        )
    bounds = dict(kind.bounds) if isinstance(kind, ir.Scalar) else {}
    for name, words in (("minimum", "At least"), ("maximum", "At most")):
        if name in bounds and f"{bounds[name]:,}" not in field.doc:
            said.append(f"{words} {bounds[name]:,}.")
    if "max_length" in bounds:
        said.append(f"At most {bounds['max_length']:,} characters.")
    if field.default not in (None, {}) and "default" not in field.doc.lower():
        said.append(f"Default `{json.dumps(field.default).strip(chr(34))}`.")
    return " ".join(filter(None, said))


def tell_default(parameter: ir.Parameter) -> str:
    if parameter.default is None:
        return parameter.doc
    default = json.dumps(parameter.default).strip('"')
    return f"{parameter.doc} The server's default is `{default}`."


def docstring(text: str, indent: int) -> str:
    """A text as a docstring, quotes and all, wrapped."""
    text = text.strip().replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    lines: list[str] = []
    for line in text.split("\n"):
        own = len(line) - len(line.lstrip())
        wrapper = textwrap.TextWrapper(WIDTH - indent - 3, break_long_words=False, break_on_hyphens=False)
        wrapper.initial_indent, wrapper.subsequent_indent = " " * own, " " * (own + 4 if own else 0)
        lines += wrapper.wrap(line.strip()) or [""]
    if len(lines) == 1 and len(lines[0]) + 6 <= WIDTH - indent and not lines[0].endswith('"'):
        return f'"""{lines[0]}"""'
    if lines[-1].endswith('"') and len(lines) == 1:
        return f'"""{lines[0][:-1]}\\""""'
    pad = " " * indent
    return "\n".join([f'"""{lines[0]}', *(pad + line if line else "" for line in lines[1:]), f'{pad}"""'])


TEMPLATES.filters |= {"docstring": docstring, "describe": describe, "explain": explain_operation, "repr": repr}
