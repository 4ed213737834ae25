"""PARSE_URL and PARSE_IP: addresses taken apart into objects."""

from __future__ import annotations

import ipaddress
import re
from typing import Any

from ..errors import EngineError
from ..types import OBJECT
from . import variants
from .casts import as_text, integer
from .core import Call, Value, function
from .runtime import python

_URL = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?://(?P<host>[^/?#]*))?(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?$",
    re.DOTALL,
)


def _failed(what: str, message: str, permissive: int) -> str:
    if permissive:
        return variants.dump({"error": message})
    raise EngineError("100139", "22000", f"Error parsing {what}: {message}")


@function("PARSE_URL", args=(1, 2))
def _parse_url(c: Call) -> Value:
    return Value(f"sf_url_parts({as_text(c.t, c[0])}, {integer(c.t, c[1]) if len(c) > 1 else '0'})", OBJECT)


@python("VARCHAR BIGINT", "VARCHAR")
def _url_parts(value: str, permissive: int) -> str:
    found = _URL.match(value.strip())
    if found is None:
        return _failed("URL", "scheme not specified", permissive)
    host, port = found["host"], None
    if host:
        head, colon, tail = host.rpartition(":")
        if colon and tail.isdigit():
            host, port = head, tail
    parameters: dict[str, Any] | None = None
    if found["query"]:
        parameters = {}
        for pair in found["query"].split("&"):
            key, equals, given = pair.partition("=")
            parameters[key] = given if equals else None
    path = found["path"].removeprefix("/") if found["host"] is not None else found["path"]
    made = {
        "scheme": found["scheme"].lower(),
        "host": host or None,
        "port": port,
        "path": path,
        "query": found["query"] or None,
        "parameters": parameters,
        "fragment": found["fragment"] or None,
    }
    return variants.dump(made)


@function("PARSE_IP", args=(2, 3))
def _parse_ip(c: Call) -> Value:
    return Value(
        f"sf_ip_parts({as_text(c.t, c[0])}, {as_text(c.t, c[1])}, {integer(c.t, c[2]) if len(c) > 2 else '0'})", OBJECT
    )


@python("VARCHAR VARCHAR BIGINT", "VARCHAR")
def _ip_parts(value: str, kind: str, permissive: int) -> str:
    if kind.upper() not in ("INET", "CIDR"):
        return _failed("IP", f"unknown type '{kind}'", permissive)
    address, slash, length = value.strip().partition("/")
    try:
        host = ipaddress.ip_address(address)
        network = ipaddress.ip_network(value.strip(), strict=False) if slash else None
    except ValueError:
        return _failed("IP", f"'{value}' is no address", permissive)
    packed = int(host)
    made: dict[str, Any] = {
        "family": host.version,
        "host": address,
        "ip_type": "inet",
        "netmask_prefix_length": int(length) if slash else None,
        "snowflake$type": "ip_address",
    }
    ends = (
        []
        if network is None
        else [("range_start", int(network.network_address)), ("range_end", int(network.broadcast_address))]
    )
    if host.version == 4:
        made |= {"ip_fields": [packed, 0, 0, 0], "ipv4": packed, **{f"ipv4_{name}": end for name, end in ends}}
    else:
        fields = [(packed >> shift) & 0xFFFFFFFF for shift in (96, 64, 32, 0)]
        made |= {
            "ip_fields": fields,
            "hex_ipv6": f"{packed:032X}",
            **{f"hex_ipv6_{name}": f"{end:032X}" for name, end in ends},
        }
    return variants.dump(made)
