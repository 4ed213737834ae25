"""Network rules, whose values are checked, and which keep nobody out."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv4Network
from typing import Any

from ...engine.errors import invalid
from ..account.catalog import Entry
from .recorded import Recorded


class NetworkRules(Recorded):
    resource, what = "network-rule", "network rule"
    defaults = {"mode": "INGRESS"}

    def check(self, path: tuple[str, ...], properties: Mapping[str, Any], old: Entry | None) -> None:
        """See https://docs.snowflake.com/en/sql-reference/sql/create-network-rule."""
        type_, mode = str(properties.get("type", "")).upper(), str(properties.get("mode") or "INGRESS").upper()
        if type_.endswith("HOST_PORT") and mode != "EGRESS":
            raise invalid(f"Network rules of type {type_} can't have the mode {mode}.")
        for value in properties.get("value_list", []):
            if type_ == "IPV4" and not _is_ipv4(value):
                raise invalid(f"'{value}' is no IPv4 address or range of addresses.")


def _is_ipv4(value: str) -> bool:
    try:
        IPv4Network(value, strict=False)
    except ValueError:
        return False
    return True
