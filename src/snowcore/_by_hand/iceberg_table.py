"""Iceberg tables are created in many ways."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

import attrs

from snowflake_rest import iceberg_table as rest
from snowflake_rest.iceberg_table import (
    IcebergTable,
    IcebergTableAsSelect,
    IcebergTableClone,
    IcebergTableFromAWSGlueCatalog,
    IcebergTableFromDelta,
    IcebergTableFromIcebergFiles,
    IcebergTableFromIcebergRest,
    IcebergTableLike,
)
from snowflake_rest.runtime import Model, Steps

from .._collections import SchemaObjects
from .._common import Clone, CreateMode, describe_clone, encode_mode
from .._methods import build_model, check_exclusive, remote, twin
from .._names import split_name

if TYPE_CHECKING:
    from ..iceberg_table import IcebergTableResource


M = TypeVar("M", bound=Model)

_EXTERNAL: dict[str, tuple[type[Model], Callable[..., Steps[Any]]]] = {
    "from_aws_glue_catalog": (
        IcebergTableFromAWSGlueCatalog,
        rest.create_unmanaged_iceberg_table_from_aws_glue_catalog,
    ),
    "from_delta": (IcebergTableFromDelta, rest.create_unmanaged_iceberg_table_from_delta),
    "from_iceberg_files": (IcebergTableFromIcebergFiles, rest.create_unmanaged_iceberg_table_from_iceberg_files),
    "from_iceberg_rest": (IcebergTableFromIcebergRest, rest.create_unmanaged_iceberg_table_from_iceberg_rest),
}
"""What a table of an external catalog is described by, and what creates it."""


class IcebergTableCreation(SchemaObjects["IcebergTableResource"]):
    """Ways to create one."""

    @remote
    def create(
        self,
        iceberg_table: IcebergTable,
        *,
        as_select: str | None = None,
        like: str | None = None,
        from_aws_glue_catalog: bool | None = False,
        from_delta: bool | None = False,
        from_iceberg_files: bool | None = False,
        from_iceberg_rest: bool | None = False,
        clone_iceberg_table: str | Clone | None = None,
        copy_grants: bool | None = False,
        mode: CreateMode = CreateMode.error_if_exists,
    ) -> Steps[IcebergTableResource]:
        """Create an Iceberg table that Snowflake manages, unless it comes from an external catalog (`from_…`).

        iceberg_table: its description; of it, what the way of creating it can't take is left out. as_select: a query
        whose result it holds. like: an Iceberg table whose columns it gets, without the rows. clone_iceberg_table: one
        that it is a copy of, as it is or as it was at some time. from_aws_glue_catalog, from_iceberg_rest: read the
        table `catalog_table_name` of that catalog. from_iceberg_files: read files, beginning at `metadata_file_path`.
        from_delta: read the Delta table at `base_location`. copy_grants: keep the privileges of the table that is
        replaced or copied. ValueError if it is to come from more than one of them. ConflictError if it exists,
        unless `mode` is `or_replace` or `if_not_exists`.
        """
        table = build_model(IcebergTable, iceberg_table)
        ways: dict[str, Any] = {
            "as_select": as_select,
            "like": like,
            "from_aws_glue_catalog": from_aws_glue_catalog or None,
            "from_delta": from_delta or None,
            "from_iceberg_files": from_iceberg_files or None,
            "from_iceberg_rest": from_iceberg_rest or None,
            "clone_iceberg_table": clone_iceberg_table,
        }
        check_exclusive(**ways)
        external = next((_EXTERNAL[way] for way in _EXTERNAL if ways[way]), None)
        options: dict[str, Any] = {"create_mode": encode_mode(mode), "copy_grants": copy_grants}
        if as_select is not None:
            selected = _take_part(IcebergTableAsSelect, table)
            yield from rest.create_snowflake_managed_iceberg_table_as_select(
                *self.path, selected, query=as_select, **options
            )
        elif like is not None:
            source = self.locate(split_name(like))
            alike = _take_part(IcebergTableLike, table)
            yield from rest.create_snowflake_managed_iceberg_table_like(*source, alike, **self.target, **options)
        elif clone_iceberg_table is not None:
            name, copy = describe_clone(IcebergTableClone, table, clone_iceberg_table)
            yield from rest.clone_snowflake_managed_iceberg_table(*self.locate(name), copy, **self.target, **options)
        elif external is not None:
            body, create_external = external
            yield from create_external(*self.path, _take_part(body, table), create_mode=options["create_mode"])
        else:
            yield from rest.create_snowflake_managed_iceberg_table(*self.path, table, **options)
        return self[table.name]

    create_async = twin(create)


def _take_part(body: type[M], table: IcebergTable) -> M:
    """What one way of creating a table takes of its description. TypeError if it needs more than there is."""
    fields = cast("tuple[attrs.Attribute[Any], ...]", attrs.fields(cast("Any", body)))
    return build_model(body, {field.name: getattr(table, field.name) for field in fields})
