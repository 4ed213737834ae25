"""Functions, procedures and user-defined functions: how they are addressed, called, and what comes back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from snowcore import Root
from snowcore._routines import convert_value, find_types, take_only_value
from snowcore.exceptions import InvalidArgumentsError, InvalidResultError
from snowcore.function import FunctionArgument, ServiceFunction
from snowcore.procedure import (
    Argument,
    CallArgument,
    CallArgumentList,
    Procedure,
    PythonFunction,
    ReturnDataType,
    SQLFunction,
)
from snowcore.schema import SchemaResource
from snowcore.user_defined_function import UserDefinedFunction, UserDefinedFunctionArgument

from ..conftest import Answer, Script, answer

Make = Callable[..., tuple[Root, Script]]
AT = "/api/v2/databases/d/schemas/s"
FUNCTION = {
    "name": "AREA",
    "returns": "NUMBER(38,0)",
    "arguments": [{"name": "A", "datatype": "NUMBER"}, {"name": "B", "datatype": "TEXT"}],
}


def procedure(datatype: str) -> dict[str, Any]:
    value = {"type": "DATATYPE", "datatype": datatype}
    return {"name": "P", "arguments": [], "return_type": value, "language_config": {"language": "SQL"}}


def made(script: Make, *answers: Answer) -> tuple[SchemaResource, Script]:
    root, account = script(*answers)
    return root.databases["d"].schemas["s"], account


def test_create_gives_the_handle_with_the_types_of_the_arguments(script: Make) -> None:
    schema, account = made(script)
    arguments = [FunctionArgument(name="a", datatype="NUMBER(38,0)"), FunctionArgument(name="b")]
    function = schema.functions.create(
        ServiceFunction(name="area", arguments=arguments, service="svc", endpoint="e", path="/p"), "orReplace"
    )
    returns = ReturnDataType(datatype="TEXT")
    made_procedure = schema.procedures.create(
        Procedure(name="p", arguments=[], return_type=returns, language_config=SQLFunction()), copy_grants=True
    )
    udf = schema.user_defined_functions.create(
        UserDefinedFunction(
            name='"f(x)"',
            arguments=[Argument(name="a", datatype="TEXT").to_dict()],  # type: ignore[list-item]
            return_type={"type": "DATATYPE", "datatype": "TEXT"},  # type: ignore[arg-type]
            language_config={"language": "SQL"},  # type: ignore[arg-type]
        )
    )
    assert account.lines == [
        f"POST {AT}/functions?createMode=orReplace",
        f"POST {AT}/procedures?copyGrants=true",
        f"POST {AT}/user-defined-functions",
    ]
    assert (function.name, made_procedure.name, udf.name) == ("area(NUMBER(38,0),TEXT)", "p()", '"f(x)"(TEXT)')
    assert schema.functions["area(NUMBER(38,0),TEXT)"] is function
    assert udf.fully_qualified_name == 'd.s."f(x)"(TEXT)'
    assert account.bodies[0] == {
        "function_type": "service-function",
        "name": "area",
        "returns": "TEXT",
        "arguments": [{"name": "a", "datatype": "NUMBER(38,0)"}, {"name": "b", "datatype": "TEXT"}],
        "service": "svc",
        "endpoint": "e",
        "path": "/p",
    }


def test_requests_go_to_the_name_with_types(script: Make) -> None:
    schema, account = made(script)
    tag = schema.tags["cost"]
    schema.functions["f(NUMBER,TEXT)"].drop(if_exists=True)
    schema.procedures["p()"].set_tags({tag: "x"})
    schema.user_defined_functions["u(TEXT)"].unset_tags({tag}, if_exists=True)
    with pytest.warns(DeprecationWarning, match="drop"):
        schema.functions["f()"].delete()
    assert account.lines == [
        f"DELETE {AT}/functions/f%28NUMBER%2CTEXT%29?ifExists=true",
        f"POST {AT}/procedures/p%28%29:set-tags",
        f"POST {AT}/user-defined-functions/u%28TEXT%29:unset-tags?ifExists=true",
        f"DELETE {AT}/functions/f%28%29",
    ]
    assert account.bodies[1] == [{"tag_database": "d", "tag_schema": "s", "tag_name": "cost", "tag_value": "x"}]


def test_a_function_is_called_by_its_bare_name_and_gives_its_type(script: Make) -> None:
    schema, account = made(script, answer(200, FUNCTION), answer(200, {"AREA(1, NULL)": "12"}))
    assert schema.functions["area(NUMBER,TEXT)"].execute([1, None]) == 12
    assert account.lines == [f"GET {AT}/functions/area%28NUMBER%2CTEXT%29", f"POST {AT}/functions/AREA:execute"]
    assert account.bodies[1] == [{"datatype": "NUMBER", "value": 1}, {"datatype": "TEXT", "value": None}]


def test_a_function_is_not_called_with_too_few_arguments(script: Make) -> None:
    schema, account = made(script, answer(200, FUNCTION))
    with pytest.raises(InvalidArgumentsError, match="takes 2 arguments, not 1"):
        schema.functions["area(NUMBER,TEXT)"].execute([1])
    assert [line.split()[0] for line in account.lines] == ["GET"]


def test_a_user_defined_function_takes_arguments_with_types(script: Make) -> None:
    function = {**procedure("FLOAT"), "name": "F"}
    schema, account = made(script, answer(200, function), answer(200, {"F": "1.5"}))
    given = UserDefinedFunctionArgument(name="x", datatype="TEXT", value=None)
    assert schema.user_defined_functions["f(TEXT)"].execute([given]) == 1.5
    assert account.lines[1] == f"POST {AT}/user-defined-functions/F:execute"
    assert account.bodies[1] == [{"name": "x", "datatype": "TEXT", "value": None}]


def test_a_user_defined_function_needs_what_has_no_default(script: Make) -> None:
    arguments = [{"name": "A", "datatype": "TEXT"}, {"name": "B", "datatype": "TEXT", "default_value": "'b'"}]
    function = {**procedure("FLOAT"), "name": "F", "arguments": arguments}
    schema, account = made(script, answer(200, function), answer(200, function), answer(200, {"F": "1"}))
    f = schema.user_defined_functions["f(TEXT,TEXT)"]
    with pytest.raises(InvalidArgumentsError, match="needs the argument 'A'"):
        f.execute([UserDefinedFunctionArgument(name="b", datatype="TEXT", value="x")])
    assert f.execute([UserDefinedFunctionArgument(name="a", datatype="TEXT", value="x")]) == 1
    assert len(account.lines) == 3


def test_a_table_function_is_not_called_by_rest(script: Make) -> None:
    function = {**procedure(""), "return_type": {"type": "TABLE", "column_list": [{"name": "X", "datatype": "NUMBER"}]}}
    schema, account = made(script, answer(200, function))
    with pytest.raises(NotImplementedError, match=r"f\(\) returns a table"):
        schema.user_defined_functions["f()"].execute()
    assert len(account.lines) == 1


def test_a_procedure_gives_its_value_or_the_row_it_is_in(script: Make) -> None:
    answers = answer(200, procedure("NUMBER")), answer(200, [{"P": "5"}])
    schema, account = made(script, *answers)
    given = CallArgumentList(call_arguments=[CallArgument(name="x", datatype="TEXT", value=None)])
    assert schema.procedures["p(TEXT)"].call(given, extract=True) == 5
    assert account.lines == [f"GET {AT}/procedures/p%28TEXT%29", f"POST {AT}/procedures/P:call"]
    assert account.bodies[1] == {"call_arguments": [{"name": "x", "datatype": "TEXT", "value": None}]}

    account.answers = list(answers)
    with pytest.warns(DeprecationWarning, match="extract=True") as warned:
        assert schema.procedures["p(TEXT)"].call() == [{"P": 5}]
    assert warned[0].filename == __file__
    assert account.bodies[3] == {"call_arguments": []}


def test_a_procedure_that_gives_a_table_gives_its_rows(script: Make) -> None:
    rows = [{"A": "1"}, {"A": "2"}]
    schema, _ = made(script, answer(200, {**procedure(""), "return_type": {"type": "TABLE"}}), answer(200, rows))
    assert schema.procedures["p()"].call(extract=True) == rows


def test_a_procedure_without_a_result_gives_none(script: Make) -> None:
    schema, _ = made(script, answer(200, procedure("TEXT")), answer(200, []))
    assert schema.procedures["p()"].call(extract=True) is None


@pytest.mark.parametrize("routine", ["function", "udf", "procedure"])
def test_calls_in_the_background_do_not_wait_for_the_fetch(script: Make, routine: str) -> None:
    held = threading.Event()

    def fetch(_: str, __: str) -> Answer:
        assert held.wait(60)
        return answer(200, {**procedure("NUMBER"), "returns": "NUMBER"})

    result = [{"P": "7"}] if routine == "procedure" else {"P": "7"}
    schema, _ = made(script, fetch, answer(200, result))  # type: ignore[arg-type]
    if routine == "procedure":
        operation = schema.procedures["p()"].call_async(extract=True)
    elif routine == "udf":
        operation = schema.user_defined_functions["p()"].execute_async()
    else:
        operation = schema.functions["p()"].execute_async()
    assert not operation.done()
    held.set()
    assert operation.result(timeout=60) == 7


def test_a_renamed_function_keeps_its_types(script: Make) -> None:
    schema, account = made(script)
    function = schema.user_defined_functions["old(TEXT)"]
    function.rename("new", "d2")
    there = schema.root.databases["d2"].schemas["s"].user_defined_functions
    assert function.name == "new(TEXT)" and there["new(TEXT)"] is function
    assert "old(TEXT)" not in schema.user_defined_functions
    function.rename_async("newer", None, "s2", True).result(timeout=60)
    assert account.lines == [
        f"POST {AT}/user-defined-functions/old%28TEXT%29:rename?targetDatabase=d2&targetSchema=s&targetName=new",
        "POST /api/v2/databases/d2/schemas/s/user-defined-functions/new%28TEXT%29:rename"
        "?targetDatabase=d2&targetSchema=s2&targetName=newer&ifExists=true",
    ]


@pytest.mark.parametrize(
    ("sent", "datatype", "value"),
    [
        ("12", "NUMBER(38,0)", 12),
        (" -3 ", "bigint", -3),
        ("1.50", "NUMBER(10,2)", Decimal("1.50")),
        (12, "NUMBER", 12),
        ("1e3", "FLOAT", 1000.0),
        ("-inf", "double precision", float("-inf")),
        ("true", "BOOLEAN", True),
        ("0", "BOOLEAN", False),
        (True, "BOOLEAN", True),
        (None, "BOOLEAN", None),
        (None, "NUMBER", None),
        ("12", "VARCHAR(10)", "12"),
        ("2024-01-01", "DATE", "2024-01-01"),
        ("abc", "NUMBER", "abc"),
        ("abc", "FLOAT", "abc"),
        ("12", None, "12"),
    ],
)
def test_values_get_their_declared_type(sent: Any, datatype: str | None, value: Any) -> None:
    got = convert_value(sent, datatype)
    assert got == value and type(got) is type(value)


def test_a_row_of_one_column_is_its_value() -> None:
    assert take_only_value({"F": "x"}) == "x"
    for row in ({"A": 1, "B": 2}, {}, "x", None):
        with pytest.raises(InvalidResultError, match="a row of one value"):
            take_only_value(row)


@pytest.mark.parametrize(
    ("name", "types"), [("f(A,B)", "(A,B)"), ('"a(""b"(NUMBER(3,0))', "(NUMBER(3,0))"), ("f", ""), ('"a(b)"', "")]
)
def test_types_are_found_behind_quoted_names(name: str, types: str) -> None:
    assert find_types(name) == types


def test_languages_say_which_they_are() -> None:
    python = PythonFunction(runtime_version="3.11", packages=[], handler="main", secrets={"k": "db.s.secret"})
    sent = python.to_dict()
    assert sent["language"] == "PYTHON"
    one = {**procedure("TEXT"), "language_config": sent}
    assert Procedure.from_dict(one).language_config == python
