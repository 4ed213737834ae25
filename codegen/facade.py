"""What of `snowcore` is generated.

The places of all collections, as `x-collection` tells them; the modules of resources that need no method of their own,
whose documents say `x-facade: generated`; and those of services, which are named by `x-service`. The code stands in a
folder of its own, apart from what is written by hand; a module beside that gives each its public name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from operator import attrgetter
from typing import Any

from . import ir
from .render import TEMPLATES, Models, Module, docstring, explained, roles, used
from .spec import EVENTS, SpecError

_API = "/api/v2"
_INIT = "# Generated from specs by `make generate`. Do not edit.\n"
_PARENTS = {
    _API: "Account",
    f"{_API}/databases/{{database}}": "Database",
    f"{_API}/databases/{{database}}/schemas/{{schema}}": "Schema",
}
"""The paths of what holds collections, and what it is."""
_BASES = {"drop": "Dropped", "undrop": "Undropped", "set_tags": "Tagged"}
_LISTED = {("like",): "Matched", ("like", "starts_with", "show_limit", "from_name"): "ShowLimited"}
"""The bases that have the list of these parameters."""


_MODE = (
    "mode: What to do if one of this name exists: `error_if_exists` (the default) raises ConflictError, "
    "`or_replace` replaces it, `if_not_exists` leaves it as it is."
)


def facade(documents: Iterable[ir.Document]) -> dict[str, str]:
    """The generated modules of `snowcore` by their files' names, not yet formatted."""
    documents = list(documents)
    resources = [document for document in documents if document.facade]
    if problems := [problem for document in resources for problem in facade_problems(document)]:
        raise SpecError(*problems)
    models = {ir.Name(document.module, model.name): model for document in documents for model in document.models}
    modules = {"_generated/__init__.py": _INIT, "_generated/places.py": _places(documents)}
    for document in resources:
        modules |= _apart(document.module, *_Resource(document, models).text())
    for document in documents:
        if service := document.service:
            modules |= _apart(service.module, *_Service(document, models).text(service))
    return modules


def _apart(module: str, text: str, context: dict[str, Any]) -> dict[str, str]:
    """A module in the folder of generated code, and the one that has its public name."""
    inner = module.replace(".", "_")
    public = TEMPLATES.get_template("public.py.jinja").render(context, inner=inner)
    return {f"_generated/{inner}.py": text, f"{module.replace('.', '/')}.py": public}


def _places(documents: Iterable[ir.Document]) -> str:
    children: dict[str, list[tuple[str, str, str]]] = {parent: [] for parent in _PARENTS}
    for document in documents:
        if document.attribute and _parent(document) in children:
            module = document.module.replace("cortex_", "cortex.")
            children[_parent(document)].append((document.attribute, module, f"{_class(document.module)}Collection"))
        if service := document.service:
            children[_API].append((service.name, service.module, _class(service.name)))
    classes = [(_PARENTS[parent], sorted(found)) for parent, found in children.items()]
    return TEMPLATES.get_template("places.py.jinja").render(classes=classes)


def places(documents: Iterable[ir.Document]) -> Iterator[tuple[str, str, str, str]]:
    """Of each collection: the kind of its parent, the parent's attribute, its module and its class."""
    for document in documents:
        if document.attribute and _parent(document) in _PARENTS:
            place = _PARENTS[_parent(document)].lower()
            yield place, document.attribute, document.module, f"{_class(document.module)}Collection"


def _parent(document: ir.Document) -> str:
    return (document.collection or "").rpartition("/")[0]


def _class(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def facade_problems(document: ir.Document) -> Iterator[str]:
    """Why the facade of a resource can't be generated."""
    where, model = f"{document.file}: x-facade:", _class(document.module)
    played = dict(roles(document))
    if _parent(document) not in _PARENTS:
        yield f"{where} its collection is not in the account, a database or a schema"
    if model not in {each.name for each in document.models}:
        yield f"{where} there is no schema {model}"
    for role in ("list", "create"):
        if role not in played:
            yield f"{where} there is no operation to {role}"
    if "create" in played and played["create"].body is None:
        yield f"{where} what is created needs a body"
    if "rename" in played and _PARENTS.get(_parent(document)) != "Schema":
        yield f"{where} only objects of a schema are renamed alike"


class _Methods(Module):
    """A module in the making, of classes whose methods send operations."""

    def use(self, home: str, name: str, hidden: Collection[str] = ()) -> str:
        if home != "builtins":
            standard = home in ("collections.abc", "datetime", "typing")
            self.imports.add((home if standard else f"snowflake_rest.{home}", name, name))
        return name

    def method(self, operation: ir.Operation, name: str, path: tuple[str, ...] = ()) -> dict[str, Any]:
        """A method that sends an operation. An answer that may come as events is given as they come."""
        named = _named(operation)
        body = [operation.body] if operation.body else []
        # as Snowflake's SDK has them: what must be given comes first, a body that need not be given last
        ordered = sorted([*named, *body], key=lambda p: (not p.required, isinstance(p, ir.Body) and not p.required))
        given = [*path, *(p.name for p in body), *(f"{p.name}={_sent(p.name)}" for p in named)]
        doc = explained(operation, places=("query", "header"))
        call, answer = f"rest.{operation.name}({', '.join(given)})", "None"
        if EVENTS in (operation.accept or ""):
            call, answer = f"Streamed({call})", "SSEClient"
            said, arguments, told = doc.partition("\n\nArgs:")
            doc = f"{said}\n\nThe events are given as they arrive; an answer that comes whole is one.{arguments}{told}"
        elif isinstance(operation.answer, ir.Array):
            call, answer = f"Whole({call})", self.hint(operation.answer)
        elif operation.answer:
            answer = self.hint(operation.answer)
        return {
            "name": name,
            "signature": ", ".join(["self", *map(self.parameter, ordered)]),
            "answer": answer,
            "doc": docstring(doc, 8),
            "call": call,
        }

    def parameter(self, parameter: ir.Parameter | ir.Body) -> str:
        hint = "CreateMode | str" if parameter.name == "create_mode" else self.hint(parameter.kind)
        return f"{parameter.name}: {hint}{'' if parameter.required else ' | None = None'}"


class _Resource(_Methods):
    """The module of one resource in the making."""

    def text(self) -> tuple[str, dict[str, Any]]:
        """The module, and what templates need to know of it."""
        document, name, handle = self.document, _class(self.document.module), f"{_class(self.document.module)}Resource"
        self.roles = dict(roles(document))
        if "drop" in self.roles and "if_exists" not in {p.name for p in self.roles["drop"].parameters}:
            del self.roles["drop"]  # the method that all have takes that
        place = _PARENTS[_parent(document)]
        self.path = [] if place == "Account" else ["*self.path"]
        models = sorted(model.name for model in document.models)
        article = "An" if document.title[0] in "AEIOU" else "A"
        # what is not of one object has no method until somebody writes one; its operation can be sent
        found = (o for o in document.operations if o.path.startswith(f"{document.collection}/{{"))
        others = [o for o in found if o not in self.roles.values() and not o.deprecated]
        listed = _LISTED.get(tuple(p.name for p in _named(self.roles["list"])))
        context = {
            "file": document.file,
            "doc": docstring(document.doc, 0),
            "module": document.module,
            "models": models,
            "names": sorted([*models, f"{name}Collection", handle]),
            "name": name,
            "singular": docstring(f"{article} {document.title[0].lower()}{document.title[1:]}.", 4),
            "plural": docstring(self.said("list"), 4),
            "bases": [
                "Renamed" if "rename" in self.roles else f"{place}Object",
                *([f"Fetched[{name}]"] if "fetch" in self.roles else []),
                *(base for role, base in _BASES.items() if role in self.roles),
            ],
            "collection_bases": [f"{place}Objects[{handle}]", *([f"{listed}[{handle}, {name}]"] if listed else [])],
            "actions": [self.handle_method(operation) for operation in others],
            "altered": self.altered() if "create_or_alter" in self.roles else None,
            "create": self.create(),
            "iter": None if listed else self.iter(),
        }
        return TEMPLATES.get_template("facade.py.jinja").render(context, imports=sorted(self.imports)), context

    def said(self, role: str) -> str:
        """What an operation does, in one sentence."""
        return self.roles[role].doc.partition("\n")[0]

    def handle_method(self, operation: ir.Operation) -> dict[str, Any]:
        return self.method(operation, operation.name.removesuffix(f"_{self.document.module}"), ("*self.path",))

    def altered(self) -> dict[str, str]:
        doc = f"{self.said('create_or_alter')}\n\nValueError if the description is of another name."
        return {"function": self.roles["create_or_alter"].name, "doc": docstring(doc, 8)}

    def create(self) -> dict[str, str]:
        others = [p for p in _named(self.roles["create"]) if p.name != "create_mode"]
        moded = len(others) < len(_named(self.roles["create"]))
        created, module = self.roles["create"], self.document.module
        told = [
            f"{module}: What to create; a dict with the fields of {_class(module)} will do, too.",
            *([_MODE] if moded else []),
            *(f"{p.name}: {p.doc}" for p in others),
        ]
        doc = "\n".join([created.doc, "", "Args:", *(f"    {line}" for line in told)])
        given = [
            *self.path,
            module,
            *(["create_mode=wire_mode(mode)"] if moded else []),
            *(f"{p.name}={p.name}" for p in others),
        ]
        mode = ", mode: CreateMode | str | None = None" if moded else ""
        return {
            "signature": mode + "".join(f", {self.parameter(p)}" for p in others),
            "doc": docstring(doc, 8),
            "call": f"rest.{created.name}({', '.join(given)})",
        }

    def iter(self) -> dict[str, Any]:
        named = _named(self.roles["list"])
        public = [p.name.removeprefix("show_") for p in named]
        limited = "limit" in public
        hints = [f"{name}: {self.hint(p.kind)} | None = None" for name, p in zip(public, named)]
        told = [f"    {name}: {p.doc}" for name, p in zip(public, named)]
        if limited:
            hints.append("show_limit: int | None = None")
            told.append("    show_limit: An old name of `limit`.")
        doc = "\n\n".join([self.said("list"), *(["\n".join(["Args:", *told])] if told else [])])
        given = [*self.path, *(f"{p.name}={name}" for name, p in zip(public, named))]
        return {
            "signature": ", ".join(["self", *(["*", *hints] if hints else [])]),
            "doc": docstring(doc, 8),
            "limited": limited,
            "call": f"rest.{self.roles['list'].name}({', '.join(given)})",
        }


class _Service(_Methods):
    """The module of a service in the making."""

    def text(self, service: ir.Service) -> tuple[str, dict[str, Any]]:
        """The module, and what templates need to know of it."""
        document, names = self.document, dict(service.methods)
        operations = [operation for operation in document.operations if not operation.deprecated]
        reached = _reached(document, self.models)
        context = {
            "file": document.file,
            "doc": docstring(document.doc, 0),
            "module": document.module,
            "models": sorted(reached, key=attrgetter("module", "name")),
            "names": sorted([*(name.name for name in reached), _class(service.name)]),
            "name": _class(service.name),
            "said": docstring(f"{document.doc.partition('. ')[0]}.", 4),
            "methods": [self.method(operation, names.get(operation.id, operation.name)) for operation in operations],
        }
        return TEMPLATES.get_template("service.py.jinja").render(context, imports=sorted(self.imports)), context


def _reached(document: ir.Document, models: Models) -> set[ir.Name]:
    """The models of a document, and those of others that its operations take or give, with all that is in them."""
    kinds = [kind for o in document.operations for kind in (o.body and o.body.kind, o.answer) if kind]
    waiting = [name for kind in kinds for name in used(kind)]
    waiting += [ir.Name(document.module, model.name) for model in document.models]
    reached: set[ir.Name] = set()
    for name in waiting:  # grows as it goes
        if name not in reached:
            reached.add(name)
            waiting += [other for field in models[name].fields for other in used(field.kind)]
            if discriminator := models[name].discriminator:
                waiting += [variant for _, variant in discriminator.variants]
    return reached


def _named(operation: ir.Operation) -> list[ir.Parameter]:
    """The parameters of an operation that are not in its path."""
    return [p for p in operation.parameters if p.place != "path"]


def _sent(name: str) -> str:
    return f"wire_mode({name})" if name == "create_mode" else name
