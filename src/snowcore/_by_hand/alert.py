"""Alerts are created from a description or as clones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snowflake_rest import alert as rest
from snowflake_rest.alert import Alert, AlertClone
from snowflake_rest.runtime import Steps

from .._collections import SchemaObjects
from .._common import Clone, CreateMode, describe_clone, encode_mode
from .._methods import build_model, remote, twin

if TYPE_CHECKING:
    from ..alert import AlertResource


class AlertCreation(SchemaObjects["AlertResource"]):
    """Ways to create one."""

    @remote
    def create(
        self,
        alert: Alert | str,
        *,
        clone_alert: str | Clone | None = None,
        mode: CreateMode = CreateMode.error_if_exists,
    ) -> Steps[AlertResource]:
        """Create an alert, suspended. ConflictError if it exists, unless `mode` is `or_replace` or `if_not_exists`.

        alert: its description; for a clone, only its name counts and is enough. clone_alert: an alert that it is a copy
        of, as it is or as it was at some time.
        """
        create_mode = encode_mode(mode)
        if clone_alert is not None:
            copy = AlertClone(name=alert if isinstance(alert, str) else build_model(Alert, alert).name)
            source, body = describe_clone(AlertClone, copy, clone_alert)
            yield from rest.clone_alert(*self.locate(source), body, **self.target, create_mode=create_mode)
            return self[copy.name]
        if isinstance(alert, str):
            raise ValueError("alert: a name alone is only enough for a clone")
        alert = build_model(Alert, alert)
        yield from rest.create_alert(*self.path, alert, create_mode=create_mode)
        return self[alert.name]

    create_async = twin(create)
