"""Names as values."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError
from types import SimpleNamespace

import pytest

from snowcore import FQN, CanonicalName, CreateMode, Identifier, QualifiedIdentifier, Root
from snowcore.exceptions import InvalidIdentifierError
from snowcore.task import OverlapPolicy

from ..conftest import Script, answer

Make = Callable[..., tuple[Root, Script]]


def test_identifiers_are_equal_where_they_name_one_object() -> None:
    assert Identifier("foo") == Identifier("FOO") == Identifier('"FOO"') != Identifier('"foo"')
    assert len({Identifier("foo"), Identifier('"FOO"'), Identifier('"foo"')}) == 2
    assert Identifier("foo") != "foo"
    name = Identifier("foo")
    assert Identifier(name) is name and str(name) == "foo" and repr(name) == "Identifier('foo')"
    assert str(name.with_quoted_spelling()) == str(name.with_normalized_spelling()) == '"FOO"'
    assert name.to_identifier_string() == "foo"
    assert pickle.loads(pickle.dumps(name)) == copy.deepcopy(name) == name
    with pytest.raises(FrozenInstanceError):
        name._spelling = "x"  # type: ignore[misc]
    for wrong in ("", '""', "a b", "1a", "a\n", '"a"b"', "a.b"):
        with pytest.raises(ValueError, match="is not a valid SQL identifier"):
            Identifier(wrong)
    with pytest.raises(TypeError, match="Invalid type for Identifier"):
        Identifier(1)  # type: ignore[arg-type]


def test_canonical_names_are_what_is_kept() -> None:
    stored = CanonicalName.resolve_from_identifier
    assert stored("foo") == stored(Identifier('"FOO"')) == CanonicalName("FOO") != CanonicalName("foo")
    assert str(stored('"a""b"')) == 'a"b' and CanonicalName('a"b').to_identifier_string() == '"a""b"'
    assert CanonicalName("a") + CanonicalName("b") == CanonicalName("ab")
    assert len({CanonicalName("a"), CanonicalName("a")}) == 1 and CanonicalName("a") != "a"
    assert Identifier.from_canonical_name(CanonicalName("foo")) == Identifier('"foo"')
    pydantic = pytest.importorskip("pydantic")
    holder = pydantic.create_model("Holder", name=(CanonicalName, ...))
    assert holder(name="a").name == holder(name=CanonicalName("a")).name == CanonicalName("a")


@pytest.mark.parametrize(
    ("text", "name", "schema", "database"),
    [("n", "n", None, None), ("s.n", "n", "s", None), ("d.s.n", "n", "s", "d"), ('d.."a.b"', '"a.b"', None, "d")],
)
def test_qualified_identifiers(text: str, name: str, schema: str | None, database: str | None) -> None:
    made = QualifiedIdentifier.from_string(text)
    assert made == QualifiedIdentifier(name, schema, database) and str(made) == text
    assert made.to_dict() == {"name": name, "schema": schema, "database": database}
    assert made.with_quoted_spelling() == made and hash(made.with_normalized_spelling()) == hash(made)
    assert made.with_name("x").name == Identifier("X")
    assert made.with_schema(None).with_database(None) == QualifiedIdentifier(name)
    full = made.using_connection(SimpleNamespace(database="cd", schema="cs"))
    assert (str(full.database), str(full.schema)) == (database or "cd", schema or "cs")
    assert pickle.loads(pickle.dumps(made)) == made


def test_what_is_no_qualified_identifier() -> None:
    for wrong in ("", ".n", "a.b.c.d", "a..", "f(INT)", "a b"):
        with pytest.raises(InvalidIdentifierError, match=r"is not a valid identifier\.$"):
            QualifiedIdentifier.from_string(wrong)


def test_the_old_class_warns() -> None:
    with pytest.warns(
        DeprecationWarning, match="The 'FQN' class is deprecated and will be removed in a future"
    ) as told:
        old = FQN("d", None, "n")
    assert told[0].filename == __file__
    assert str(old) == "d.PUBLIC.n" and old.to_dict() == {"name": "n", "schema": None, "database": "d"}


def test_modes_print_their_value() -> None:
    assert f"{CreateMode.or_replace} {OverlapPolicy.NO_OVERLAP}" == "orReplace NO_OVERLAP"
    assert repr(OverlapPolicy.NO_OVERLAP) == "<OverlapPolicy.NO_OVERLAP: 'NO_OVERLAP'>"


def test_collections_take_identifiers_by_their_spelling(script: Make) -> None:
    root, account = script(answer(200, {"name": "FOO"}))
    schemas = root.databases[Identifier("foo")].schemas
    assert root.databases[Identifier("foo")] is root.databases["foo"] and root.databases["foo"].name == "foo"
    assert schemas[Identifier('"a b"')].name == '"a b"'
    root.databases[Identifier("foo")].fetch()
    assert account.lines == ["GET /api/v2/databases/foo"]
    assert [*root.databases] == ["foo"]
