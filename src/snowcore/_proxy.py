"""Which proxy, if any, leads to a host: given by the caller, or by HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY."""

from __future__ import annotations

import urllib.request
from base64 import b64encode
from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from urllib.parse import SplitResult, unquote, urlsplit

import attrs

from ._transport import TransportError, find_default_port, join_address


@attrs.frozen
class Proxy:
    """A proxy. Its credentials are kept out of every message."""

    scheme: str
    host: str
    port: int
    url: str = attrs.field(repr=False)
    credentials: Mapping[str, str] = attrs.field(repr=False)
    """The header `Proxy-Authorization`, where there are a user and a password."""

    def __str__(self) -> str:
        return f"{self.scheme}://{join_address(self.host, self.port)}"


def find_proxy(url: SplitResult, given: str | None) -> Proxy | None:
    """The proxy for a host.

    given: the caller's, which counts more than the environment; an empty one means none at all. TransportError for an
    address that makes no sense.
    """
    if given is not None:
        return _parse_proxy(given) if given else None
    proxies = urllib.request.getproxies()
    found = proxies.get(url.scheme) or proxies.get("all")
    host, port = url.hostname or "", url.port or find_default_port(url.scheme)
    if not found or _is_exempt(proxies.get("no", ""), host, port) or urllib.request.proxy_bypass(f"{host}:{port}"):
        return None
    return _parse_proxy(found)


def _parse_proxy(text: str) -> Proxy:
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        proper = bool(parts.hostname) and parts.port != 0
    except ValueError:  # whose words quote the address
        parts, proper = SplitResult("", "", "", "", ""), False
    if not proper:
        # the address itself may hold a password, so it is not shown
        raise TransportError(
            "the proxy's address makes no sense; expected http://[user:password@]host:port", sent=False, final=True
        )
    host, port = parts.hostname or "", parts.port or find_default_port(parts.scheme)
    credentials: dict[str, str] = {}
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        credentials = {"Proxy-Authorization": f"Basic {b64encode(pair.encode()).decode()}"}
    return Proxy(parts.scheme, host, port, parts._replace(path="", query="", fragment="").geturl(), credentials)


def _is_exempt(no_proxy: str, host: str, port: int) -> bool:
    """Whether NO_PROXY names a host: by name, as part of a domain, by address or network, each with or without port."""
    return any(_covers(entry, host, port) for entry in no_proxy.lower().replace(",", " ").split())


def _covers(entry: str, host: str, port: int) -> bool:
    if entry == "*":
        return True
    name, bracket, rest = entry.removeprefix("[").partition("]")
    if bracket:
        entry_port = rest.removeprefix(":")
    elif entry.count(":") == 1:
        name, _, entry_port = entry.partition(":")
    else:
        entry_port = ""
    if entry_port and entry_port != str(port):
        return False
    try:
        return ip_address(host) in ip_network(name, strict=False)
    except ValueError:  # one of them is a name
        name, host = name.removeprefix("*").removeprefix(".").rstrip("."), host.rstrip(".")
        in_domain = host.endswith(f".{name}") and not host.replace(".", "").isdecimal()  # an address is in none
        return bool(name) and (host == name or in_domain)
