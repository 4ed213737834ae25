"""What of `snowcore` is generated.

The places of all collections, as `x-collection` tells them; the modules of resources that need no method of their own,
whose documents say `x-facade: generated`; those of services, which are named by `x-service`; and the names that grants
are made of, which `x-grants` lists. The code stands in a
folder of its own, apart from what is written by hand; a module beside that gives each its public name.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from . import ir
from .render import TEMPLATES, Models, Module, describe, docstring, explain, find_models, find_roles, tell_default
from .spec import EVENTS, SpecError

_API = "/api/v2"
_INIT = "# Generated from specs by `make generate`. Do not edit.\n"
_PARENTS = {
    _API: "Account",
    f"{_API}/databases/{{database}}": "Database",
    f"{_API}/databases/{{database}}/schemas/{{schema}}": "Schema",
}
"""The paths of what holds collections, and what it is."""
_BASES = {
    "fetch": "Fetched[{}]",
    "drop": "Dropped",
    "undrop": "Undropped",
    "suspend_recluster": "Reclustered",
    "set_tags": "Tagged",
}
"""The bases that have the methods of these roles."""
_TAKEN = {"drop": {"if_exists"}, "rename": {"target_name", "if_exists", "target_database", "target_schema"}}
"""What the methods of some bases take. An operation that doesn't take that has a method of its own."""
_LISTS = {("like",): "Matched", ("like", "starts_with", "show_limit", "from_name"): "ShowLimited"}
"""The bases that have the list of these parameters."""
_WRITTEN = ("create", "create_or_alter", "list")
"""The roles whose methods have a text of their own in the template."""
_SHORT = {"create_mode": "mode", "show_limit": "limit"}
"""Parameters that methods know by another name."""
_MODE = (
    "What to do if one of this name exists: `error_if_exists` (the default) raises ConflictError, "
    "`or_replace` replaces it, `if_not_exists` leaves it as it is."
)


def render_facade(documents: Iterable[ir.Document]) -> dict[str, str]:
    """The generated modules of `snowcore` by their files' names, not yet formatted."""
    documents = list(documents)
    if problems := [problem for document in documents if document.facade for problem in find_facade_problems(document)]:
        raise SpecError(*problems)
    models = ir.find_models(documents)
    modules = {"_generated/__init__.py": _INIT, "_generated/places.py": _render_places(documents)}
    for document in documents:
        if asked := document.facade:
            modules |= _render_apart(document, find_module(document), *_Resource(document, models, asked).render())
        if service := document.service:
            modules |= _render_apart(document, service.module, *_Service(document, models).render(service))
        if document.grants:
            modules["_generated/grants.py"] = _render_grants(document.file, document.grants)
    return modules


def _render_apart(document: ir.Document, module: str, text: str, names: list[str]) -> dict[str, str]:
    """A module in the folder of generated code, and the one that has its public name."""
    inner = module.replace(".", "_")
    context = {"origin": f"specs/{document.file}", "doc": docstring(document.doc, 0)}
    context |= {"sources": {f"snowcore._generated.{inner}": names}}
    public = TEMPLATES.get_template("public.py.jinja").render(context)
    return {f"_generated/{inner}.py": text, f"{module.replace('.', '/')}.py": public}


def _render_grants(file: str, grants: Mapping[str, Iterable[str | Mapping[str, str]]]) -> str:
    named = {what: [_name_word(word) for word in words] for what, words in grants.items()}
    return TEMPLATES.get_template("grants.py.jinja").render(named, file=file)


def _name_word(word: str | Mapping[str, str]) -> tuple[str, str]:
    """A word of the API with its Python name, which the specification gives if it does not follow from the word."""
    return (re.sub(r"\W", "_", word.lower()), word) if isinstance(word, str) else next(iter(word.items()))


def _render_places(documents: Iterable[ir.Document]) -> str:
    children: dict[str, list[tuple[str, str, str]]] = {parent: [] for parent in _PARENTS}
    for document in documents:
        if document.attribute and _find_parent(document) in children:
            collection = f"{_name_class(document.module)}Collection"
            children[_find_parent(document)].append((document.attribute, find_module(document), collection))
        if service := document.service:
            children[_API].append((service.name, service.module, _name_class(service.name)))
    classes = [(_PARENTS[parent], sorted(found)) for parent, found in children.items()]
    return TEMPLATES.get_template("places.py.jinja").render(classes=classes)


def find_places(documents: Iterable[ir.Document]) -> Iterator[tuple[str, str, str, str]]:
    """Of each collection and service: the kind of its parent, the parent's attribute, its module and its class."""
    for document in documents:
        if service := document.service:
            yield "account", service.name, service.module, _name_class(service.name)
        if document.attribute and _find_parent(document) in _PARENTS:
            place = _PARENTS[_find_parent(document)].lower()
            yield place, document.attribute, document.module, f"{_name_class(document.module)}Collection"


def find_module(document: ir.Document) -> str:
    """The public module of a resource."""
    return document.module.replace("cortex_", "cortex.")


def _find_parent(document: ir.Document) -> str:
    return (document.collection or "").rpartition("/")[0]


def _name_class(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def find_facade_problems(document: ir.Document) -> Iterator[str]:
    """Why the facade of a resource can't be generated."""
    where, model = f"{document.file}: x-facade:", _name_class(document.module)
    played = dict(find_roles(document))
    if _find_parent(document) not in _PARENTS:
        yield f"{where} its collection is not in the account, a database or a schema"
    if model not in {each.name for each in document.models}:
        yield f"{where} there is no schema {model}"
    for role in ("list", "create"):
        if role not in played:
            yield f"{where} there is no operation to {role}"
    if "create" in played and not (played["create"].body and isinstance(played["create"].body.kind, ir.Nested)):
        yield f"{where} what is created needs a body of a class"


class _Signature:
    """A method as `name(…) -> …` says it, without `self`."""

    def __init__(self, said: str) -> None:
        function: Any = ast.parse(f"def {said}: ...").body[0]
        self.name: str = function.name
        self.names: list[str] = [argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)]
        self.text = ", ".join(filter(None, ("self", ast.unparse(function.args))))
        self.answer = ast.unparse(function.returns) if function.returns else ""


class _Methods(Module):
    """A module in the making, of classes whose methods send operations."""

    def use(self, home: str, name: str) -> str:
        if home != "builtins":
            standard = home in ("collections.abc", "datetime", "typing")
            self.imports.add((home if standard else f"snowflake_rest.{home}", name, name))
        return name

    def method(self, operation: ir.Operation, said: str, depth: int = 0, **others: str) -> dict[str, Any]:
        """A method that sends an operation. An answer that may come as events is given as they come.

        said: its name, or all of its signature. depth: how many names lead to what it is a method of. others: what is
        to be said of some arguments.
        """
        signature = _Signature(said if "(" in said else f"{said}({', '.join(self.parameters(operation, depth))})")
        call, told = self.call(operation, signature.names, depth)
        doc, answer = operation.doc, signature.answer or "None"
        if EVENTS in (operation.accept or "") or signature.answer == "SSEClient":
            call, answer = f"Streamed({call})", "SSEClient"
            doc += "\n\nThe events are given as they arrive; an answer that comes whole is one."
        elif signature.answer:
            call = f"Listing({call})" if answer.startswith("Iterator[") else f"{call}.returning(OUTCOME)"
        elif operation.answer:
            call = f"Whole({call})" if isinstance(operation.answer, ir.Array) else call
            answer = self.hint(operation.answer)
        return {
            "name": signature.name,
            "signature": signature.text,
            "names": signature.names,
            "answer": answer,
            "doc": docstring(explain(doc, told | {name: text for name, text in others.items() if name in told}), 8),
            "call": call,
            "body": [f"return {call}"],
        }

    def call(self, operation: ir.Operation, names: list[str], depth: int) -> tuple[str, dict[str, str]]:
        """The call of an operation with the arguments of a method, and what is to be said of them.

        An argument that the operation doesn't have is a field of its body; or else it stands for what must be given.
        """
        known, body = [p for p in operation.parameters if p.place == "path"][:depth], operation.body
        asked = operation.parameters[len(known) :]
        meant = {name: p for p in asked for name in (p.name, _SHORT.get(p.name)) if name in names}
        fields: dict[str, ir.Field] = {}
        if body and body.name not in meant and isinstance(body.kind, ir.Nested):
            fields = {f.name: f for f in self.models[body.kind.model].fields if f.name in names}
        missing = [p for p in asked if p.required and p not in meant.values() and not (fields and p is body)]
        meant |= zip((name for name in names if name not in meant and name not in fields), missing)
        values = {p.name: f"encode_mode({name})" if p.name == "create_mode" else name for name, p in meant.items()}
        if body and fields:
            values[body.name] = f"{self.hint(body.kind)}({', '.join(f'{name}={name}' for name in fields)})"
        given = ["*self.path"] if known else []
        given += [
            f"{p.name}={values[p.name]}" if p in operation.named else values[p.name] for p in asked if p.name in values
        ]
        told = {name: tell_default(p) for name, p in meant.items()}
        told |= {name: describe(field) for name, field in fields.items()} | ({"mode": _MODE} if "mode" in told else {})
        return f"rest.{operation.name}({', '.join(given)})", {name: told.get(name, "") for name in names}

    def parameters(self, operation: ir.Operation, depth: int) -> list[str]:
        """What a method takes, in the order of Snowflake's SDK: a body that need not be given comes last."""
        in_path = [p for p in operation.parameters if p.place == "path"][depth:]
        asked = [*in_path, *operation.named, *([operation.body] if operation.body else [])]
        asked.sort(key=lambda p: (not p.required, p is operation.body and not p.required))
        return [self.parameter(p) for p in asked]

    def parameter(self, parameter: ir.Parameter) -> str:
        hint = "CreateMode | str" if parameter.name == "create_mode" else self.hint(parameter.kind)
        return f"{parameter.name}: {hint}{'' if parameter.required else ' | None = None'}"

    def fill(
        self, names: list[str], classes: list[dict[str, Any]], aliases: Iterable[tuple[str, str]] = ()
    ) -> tuple[str, list[str]]:
        """The text of a module of some classes, and the names that it exports."""
        document = self.document
        context = {"file": document.file, "doc": docstring(document.doc, 0), "module": document.module}
        context |= {"names": names, "classes": classes, "aliases": aliases, "imports": sorted(self.imports)}
        return TEMPLATES.get_template("facade.py.jinja").render(context), names


class _Resource(_Methods):
    """The module of one resource in the making."""

    def __init__(self, document: ir.Document, models: Models, asked: ir.Facade) -> None:
        super().__init__(document, models)
        self.asked, self.said = asked, asked.methods or {}
        self.name, self.place = _name_class(document.module), _PARENTS[_find_parent(document)]
        self.depth = _find_parent(document).count("{")
        self.roles = {role: o for role, o in find_roles(document) if self.said.get(o.id, "") is not None}
        for role, taken in _TAKEN.items():
            if role in self.roles and not taken <= {p.name for p in self.roles[role].parameters}:
                del self.roles[role]

    def render(self) -> tuple[str, list[str]]:
        document, asked, name = self.document, self.asked, self.name
        models, handle = {model.name for model in document.models}, f"{name}Resource"
        article = "An" if document.title[0] in "AEIOU" else "A"
        title = document.title if document.title[:2].isupper() else document.title[0].lower() + document.title[1:]
        [listed] = [o for o in document.operations if (o.path, o.method) == (document.collection, "GET")]
        shared = [role for role, operation in self.roles.items() if operation.id not in self.said]
        actions = [*([self.alter()] if "create_or_alter" in self.roles else []), *self.act()]
        own = {action["name"] for action in actions} | {"create_or_alter"}
        older = {old: new for old, new in asked.older_names.items() if new not in models}
        aliases = asked.older_names.items() - older.items()
        shown = {name for names in asked.shows.values() for name in names}
        lists = self.choose_list()
        for base in filter(None, (asked.handle, asked.collection)):
            self.imports.add((f"snowcore._by_hand.{document.module}", base, base))
        self.imports |= {(home, name, name) for home, names in asked.shows.items() for name in names}
        self.imports |= {(f"snowflake_rest.{document.module}", name, name) for name in models - shown}
        one = {
            "name": handle,
            "bases": [
                asked.handle or ("Renamed" if "rename" in shared else f"{self.place}Object"),
                *(base.format(name) for role, base in _BASES.items() if role in shared),
            ],
            "doc": docstring(asked.says or f"{article} {title}.", 4),
            "about": "_rest = rest.RESOURCE",
            "methods": actions,
            "older": [(old, new if new in own else f"{_BASES[new]}.{new}") for old, new in older.items()],
        }
        many = {
            "name": f"{name}Collection",
            "bases": [
                asked.collection or f"{self.place}Objects[{handle}]",
                *([f"{lists}[{handle}, {name}]"] if lists else []),
            ],
            "doc": docstring(_summarize(listed), 4),
            "about": f"_handle = {handle}",
            "methods": [
                *([self.create()] if "create" in self.roles else []),
                *([self.iter()] if "list" in self.roles and not lists else []),
                *(self.method(o, n, self.depth) for o in document.operations if (n := self.name_by_itself(o, ":"))),
            ],
            "older": [],
        }
        names = {*models, handle, many["name"], *shown, *dict(aliases)} - {*asked.hides}
        return self.fill(sorted(names), [one, many], aliases)

    def act(self) -> Iterator[dict[str, Any]]:
        """The methods of the handle that send an operation each. That which renames it makes it follow its object."""
        written = [o for role, o in self.roles.items() if role in _WRITTEN or o.id not in self.said]
        for operation in self.document.operations:
            said = self.said.get(operation.id) or self.name_by_itself(operation, "/{")
            if said and operation not in written:
                method = self.method(operation, said, self.depth + 1)
                if operation.path.endswith("}:rename") and (name := self.find_name(operation, method["names"])):
                    method["body"] = [f"yield from {method['call']}", f"self.follow_to({name})"]
                yield method

    def name_by_itself(self, operation: ir.Operation, start: str) -> str | None:
        """The method of an operation whose path goes on so behind the collection's, where the document names none."""
        if self.asked.methods is None and operation.path.startswith(f"{self.document.collection}{start}"):
            return None if operation.deprecated else operation.name.removesuffix(f"_{self.document.module}")
        return None

    def find_name(self, operation: ir.Operation, names: list[str]) -> str | None:
        """What of the arguments of a method is the object's new name."""
        body = operation.body
        if body is None or body.name not in names:
            return next(iter(names), None)
        fields = self.models[body.kind.model].fields if body.required and isinstance(body.kind, ir.Nested) else ()
        return next((f"{body.name}.name" for field in fields if field.name == "name"), None)

    def alter(self) -> dict[str, Any]:
        operation, what = self.roles["create_or_alter"], self.document.module
        body = [f"{what} = build_model({self.name}, {what})"]
        if self.asked.any_name:
            path, which = f"{what}.name", "It is the one that the description names, whatever the name of this handle."
        else:
            path, which = "*self.path", "ValueError if the description is of another name."
            body.append(f'self.expect({what}.name, "{what}")')
        return {
            "name": "create_or_alter",
            "signature": f"self, {what}: {self.name}",
            "answer": "None",
            "doc": docstring(f"{operation.doc}\n\n{which}", 8),
            "body": [*body, f"return rest.{operation.name}({path}, {what})"],
        }

    def create(self) -> dict[str, Any]:
        created, module = self.roles["create"], self.document.module
        assert created.body and isinstance(created.body.kind, ir.Nested)
        model = self.use(created.body.kind.model.module, created.body.kind.model.name)
        modes = ["mode: CreateMode | str | None = None" for p in created.parameters if p.name == "create_mode"]
        others = [self.parameter(p) for p in created.named if p.name != "create_mode"]
        said = self.said.get(created.id) or f"create({', '.join([f'{module}: {model}', *modes, *others])})"
        if not modes:
            created = replace(created, doc=f"{created.doc}\n\nConflictError if one of this name exists.")
        what = f"What to create; a dict with the fields of {model} will do, too."
        method = self.method(created, said, self.depth, **{module: what})
        given, name = method["names"][0], f"{method['names'][0]}.name"
        if any(field.name == "arguments" for field in self.models[created.body.kind.model].fields):
            name = f"append_types({name}, {given}.arguments)"
        body = [f"{given} = build_model({model}, {given})", f"yield from {method['call']}", f"return self[{name}]"]
        return method | {"answer": f"{self.name}Resource", "body": body}

    def choose_list(self) -> str | None:
        """The class that the collection has `iter` from, if there is one."""
        listed = self.roles.get("list")
        if listed is None or listed.id in self.said:
            return None
        return self.asked.lists or _LISTS.get(tuple(p.name for p in listed.named))

    def iter(self) -> dict[str, Any]:
        listed = self.roles["list"]
        hints = [f"{_SHORT.get(p.name, p.name)}: {self.hint(p.kind)} | None = None" for p in listed.named]
        if any(p.name == "show_limit" for p in listed.parameters):
            hints.append("show_limit: int | None = None")
        said = self.said.get(listed.id) or f"iter({', '.join(['*', *hints] if hints else [])})"
        signature = f"{said} -> Iterator[{self.name}]"
        method = self.method(listed, signature, self.depth, show_limit="An old name of `limit`.")
        if "show_limit" in method["names"]:
            method["body"].insert(0, "limit = choose_limit(limit, show_limit)")
        return method


class _Service(_Methods):
    """The module of a service in the making."""

    def render(self, service: ir.Service) -> tuple[str, list[str]]:
        document, name = self.document, _name_class(service.name)
        operations = [operation for operation in document.operations if not operation.deprecated]
        operations = operations or document.operations
        reached = _reach_models(document, self.models)
        self.imports |= {(f"snowflake_rest.{model.module}", model.name, model.name) for model in reached}
        self.imports.add(("snowcore._services", "Service", "Service"))
        one = {
            "name": name,
            "bases": ["Service"],
            "doc": docstring(f"{document.doc.partition('. ')[0].rstrip('.')}.", 4),
            "about": "",
            "methods": [self.method(each, service.methods.get(each.id, each.name)) for each in operations],
            "older": service.older_names.items(),
        }
        return self.fill(sorted({*(model.name for model in reached), name} - {*service.hides}), [one])


def _reach_models(document: ir.Document, models: Models) -> set[ir.Name]:
    """The models of a document, and those of others that its operations take or give, with all that is in them."""
    kinds = [kind for o in document.operations for kind in (*(p.kind for p in o.parameters), o.answer) if kind]
    waiting = [name for kind in kinds for name in find_models(kind)]
    waiting += [ir.Name(document.module, model.name) for model in document.models]
    reached: set[ir.Name] = set()
    for name in waiting:  # grows as it goes
        if name not in reached:
            reached.add(name)
            waiting += [other for field in models[name].fields for other in find_models(field.kind)]
            if discriminator := models[name].discriminator:
                waiting += [variant for _, variant in discriminator.variants]
    return reached


def _summarize(operation: ir.Operation) -> str:
    """What an operation does, in one sentence."""
    return operation.doc.partition("\n")[0]
