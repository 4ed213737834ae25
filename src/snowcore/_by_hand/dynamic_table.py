"""Dynamic tables are created from a description or as clones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from snowflake_rest import dynamic_table as rest
from snowflake_rest.dynamic_table import DynamicTable, DynamicTableClone
from snowflake_rest.runtime import Steps

from .._collections import SchemaObjects
from .._common import Clone, CreateMode, describe_clone, encode_mode
from .._methods import build_model, remote, twin

if TYPE_CHECKING:
    from ..dynamic_table import DynamicTableResource


class DynamicTableCreation(SchemaObjects["DynamicTableResource"]):
    """Ways to create one."""

    @remote
    def create(
        self,
        table: DynamicTable | DynamicTableClone | str,
        *,
        clone_table: str | Clone | None = None,
        copy_grants: bool | None = False,
        mode: CreateMode = CreateMode.error_if_exists,
    ) -> Steps[DynamicTableResource]:
        """Create a dynamic table. ConflictError if it exists, unless `mode` is `or_replace` or `if_not_exists`.

        table: its description. For a clone a DynamicTableClone or the name is enough, and only name, target lag and
        warehouse count. clone_table: a dynamic table that it is a copy of, as it is or as it was at some time.
        copy_grants: give a clone the privileges of its source.
        """
        create_mode = encode_mode(mode)
        if clone_table is not None:
            copy = DynamicTableClone(name=table) if isinstance(table, str) else build_model(DynamicTableClone, table)
            source, body = describe_clone(DynamicTableClone, copy, clone_table)
            options: dict[str, Any] = {**self.target, "create_mode": create_mode, "copy_grants": copy_grants}
            yield from rest.clone_dynamic_table(*self.locate(source), body, **options)
            return self[copy.name]
        if isinstance(table, (DynamicTableClone, str)):
            raise ValueError("table: a DynamicTableClone or a name is only enough for a clone")
        table = build_model(DynamicTable, table)
        yield from rest.create_dynamic_table(*self.path, table, create_mode=create_mode)
        return self[table.name]

    create_async = twin(create)
