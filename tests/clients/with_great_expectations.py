"""great_expectations: a data source, table and query assets, expectations of every kind, a checkpoint."""

import os
import tomllib
import warnings
from pathlib import Path

os.environ["GX_ANALYTICS_ENABLED"] = "false"
import great_expectations as gx
import snowflake.connector
from checks import check, equal
from great_expectations import expectations as gxe

warnings.simplefilter("ignore")
entry = tomllib.loads(Path(os.environ["SNOWFLAKE_HOME"], "connections.toml").read_text())["myconnection"]
connection = snowflake.connector.connect(connection_name="myconnection")
for sql in (
    "create database d",
    "create warehouse w",
    "create table people (id int, name varchar(20), pay float, day date, at timestamp_ntz, kind varchar)",
    "insert into people select seq4(), 'n' || seq4(), seq4() / 2, dateadd(day, seq4(), '2024-01-01'),"
    " dateadd(hour, seq4(), '2024-01-01'), decode(seq4() % 2, 0, 'x', 'y') from table(generator(rowcount => 100))",
    "update people set name = null where id = 7",
    "create table others (id int)",
):
    connection.cursor().execute(sql)
context = gx.get_context(mode="ephemeral")
place = {name: entry[name] for name in ("account", "user", "password")}
place |= {"database": "d", "schema": "public", "warehouse": "w", "role": "accountadmin"}
served = {name: entry[name] for name in ("host", "port", "protocol")}
with check("a data source, a table, its first rows"):
    source = context.data_sources.add_snowflake(name="source", **place, kwargs={"connect_args": served})
    asset = source.add_table_asset(name="people", table_name="people")
    batch = asset.add_batch_definition_whole_table("all").get_batch()
    equal(len(batch.head(3).data), 3)


def holds(expectation, wanted=True):
    found = batch.validate(expectation)
    assert not found.exception_info.get("raised_exception"), found.exception_info
    assert not any(isinstance(one, dict) and one.get("raised_exception") for one in found.exception_info.values()), (
        found
    )
    assert bool(found.success) is wanted, found.result
    return found.result


with check("columns: there, in order, of types"):
    holds(gxe.ExpectColumnToExist(column="id"))
    holds(gxe.ExpectTableColumnCountToEqual(value=6))
    holds(gxe.ExpectTableColumnsToMatchSet(column_set=["id", "name", "pay", "day", "at", "kind"]))
    holds(gxe.ExpectTableColumnsToMatchOrderedList(column_list=["id", "name", "pay", "day", "at", "kind"]))
    holds(gxe.ExpectColumnValuesToBeOfType(column="day", type_="DATE"))
    holds(gxe.ExpectColumnValuesToBeInTypeList(column="name", type_list=["VARCHAR", "VARCHAR(20)"]))
with check("numbers of rows"):
    holds(gxe.ExpectTableRowCountToEqual(value=100))
    holds(gxe.ExpectTableRowCountToBeBetween(min_value=1, max_value=99), False)
    source.add_table_asset(name="others", table_name="others")
    holds(gxe.ExpectTableRowCountToEqualOtherTable(other_table_name="others"), False)
with check("values: null, unique, in sets, between, by patterns"):
    holds(gxe.ExpectColumnValuesToNotBeNull(column="id"))
    equal(holds(gxe.ExpectColumnValuesToNotBeNull(column="name"), False)["unexpected_count"], 1)
    holds(gxe.ExpectColumnValuesToNotBeNull(column="name", mostly=0.9))
    holds(gxe.ExpectColumnValuesToBeNull(column="name"), False)
    holds(gxe.ExpectColumnValuesToBeUnique(column="id"))
    holds(gxe.ExpectColumnValuesToBeUnique(column="kind"), False)
    holds(gxe.ExpectColumnValuesToBeInSet(column="kind", value_set=["x", "y"]))
    holds(gxe.ExpectColumnValuesToNotBeInSet(column="kind", value_set=["z"]))
    holds(gxe.ExpectColumnValuesToBeBetween(column="pay", min_value=0, max_value=49.5))
    holds(gxe.ExpectColumnValuesToMatchRegex(column="name", regex="^n[0-9]+$"))
    holds(gxe.ExpectColumnValuesToNotMatchRegex(column="name", regex="^x"))
    holds(gxe.ExpectColumnValuesToMatchLikePattern(column="name", like_pattern="n%"))
    holds(gxe.ExpectColumnValueLengthsToBeBetween(column="name", min_value=2, max_value=3))
    holds(gxe.ExpectColumnValueLengthsToEqual(column="kind", value=1))
    holds(gxe.ExpectColumnValueZScoresToBeLessThan(column="pay", threshold=3, double_sided=True))
with check("statistics: least, mean, median, deviation, quantiles, sums"):
    holds(gxe.ExpectColumnMaxToBeBetween(column="id", min_value=99, max_value=99))
    holds(gxe.ExpectColumnMinToBeBetween(column="id", min_value=0, max_value=0))
    holds(gxe.ExpectColumnMeanToBeBetween(column="id", min_value=49.4, max_value=49.6))
    holds(gxe.ExpectColumnMedianToBeBetween(column="id", min_value=49, max_value=50))
    holds(gxe.ExpectColumnStdevToBeBetween(column="id", min_value=28, max_value=30))
    holds(gxe.ExpectColumnSumToBeBetween(column="id", min_value=4950, max_value=4950))
    ranges = {"quantiles": [0.1, 0.5, 0.9], "value_ranges": [[8, 11], [48, 51], [88, 91]]}
    holds(gxe.ExpectColumnQuantileValuesToBeBetween(column="id", quantile_ranges=ranges))
    holds(gxe.ExpectColumnUniqueValueCountToBeBetween(column="kind", min_value=2, max_value=2))
    holds(gxe.ExpectColumnProportionOfUniqueValuesToBeBetween(column="id", min_value=1, max_value=1))
with check("sets of values, pairs of columns"):
    holds(gxe.ExpectColumnDistinctValuesToEqualSet(column="kind", value_set=["x", "y"]))
    holds(gxe.ExpectColumnDistinctValuesToContainSet(column="kind", value_set=["x"]))
    holds(gxe.ExpectColumnMostCommonValueToBeInSet(column="kind", value_set=["x", "y"], ties_okay=True))
    holds(gxe.ExpectColumnPairValuesAToBeGreaterThanB(column_A="id", column_B="pay", or_equal=True))
    holds(gxe.ExpectColumnPairValuesToBeEqual(column_A="id", column_B="pay"), False)
    holds(gxe.ExpectCompoundColumnsToBeUnique(column_list=["id", "kind"]))
    holds(gxe.ExpectMulticolumnSumToEqual(column_list=["id", "pay"], sum_total=3), False)
with check("SQL of one's own, conditions on rows"):
    holds(gxe.UnexpectedRowsExpectation(unexpected_rows_query="select * from {batch} where id > 1000"))
    holds(
        gxe.ExpectColumnValuesToBeBetween(
            column="id", max_value=49, row_condition='col("pay") < 25', condition_parser="great_expectations"
        )
    )
with check("batches by months, query assets"):
    monthly = asset.add_batch_definition_monthly("months", column="day")
    equal(len(monthly.get_batch_identifiers_list()), 4)
    equal(
        monthly.get_batch(batch_parameters={"year": 2024, "month": 2})
        .validate(gxe.ExpectTableRowCountToEqual(value=29))
        .success,
        True,
    )
    query = source.add_query_asset(name="query", query="select id from people where id < 10")
    found = query.add_batch_definition_whole_table("all").get_batch().validate(gxe.ExpectTableRowCountToEqual(value=10))
    equal(found.success, True)
with check("a suite, a validation and a checkpoint"):
    suite = context.suites.add(gx.ExpectationSuite(name="suite"))
    suite.add_expectation(gxe.ExpectColumnValuesToNotBeNull(column="id"))
    suite.add_expectation(gxe.ExpectColumnValuesToBeInSet(column="kind", value_set=["x"]))
    definition = context.validation_definitions.add(
        gx.ValidationDefinition(name="v", data=asset.get_batch_definition("all"), suite=suite)
    )
    done = context.checkpoints.add(
        gx.Checkpoint(name="c", validation_definitions=[definition], result_format={"result_format": "COMPLETE"})
    ).run()
    (result,) = done.run_results.values()
    equal((done.success, [one.success for one in result.results]), (False, [True, False]))
connection.close()
