"""Private keys, in every form that files, settings and variables hold them in."""

from __future__ import annotations

import base64
import binascii
import codecs
import re
from typing import Any

_PEM = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \1-----", re.DOTALL)


def load_key(text: bytes | str, passphrase: bytes | None) -> Any:
    """The key of the package cryptography: from PEM or DER, or base64 of either.

    ValueError, which shows neither key nor passphrase, says what is wrong.
    """
    from cryptography.hazmat.primitives import serialization

    data = text.encode() if isinstance(text, str) else text
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # as PowerShell's `>` writes
        data = data.decode("utf-16", "replace").encode()
    data = _find_pem(data) or _decode_base64(data)
    found = _PEM.search(data)
    if found and not found[1].endswith(b"PRIVATE KEY"):
        raise ValueError(f"the private key can't be read: what is there is a {found[1].decode()}")
    load: Any = serialization.load_pem_private_key if found else serialization.load_der_private_key
    try:
        return load(data, passphrase)
    except TypeError:  # a passphrase that is missing or that no one asked for
        if passphrase is not None:
            return load_key(data, None)
        said = (
            "the private key is encrypted, and no passphrase is set: "
            "private_key_passphrase, private_key_file_pwd or the variable PRIVATE_KEY_PASSPHRASE"
        )
    except ValueError:
        said = "the private key can't be read: it is damaged, or neither PEM nor DER nor base64 of either"
        if passphrase is not None:
            said += ", or the passphrase is wrong"
    except Exception as error:  # an algorithm that the package doesn't know, say
        said = f"the private key can't be read: {type(error).__name__}"
    raise ValueError(said)  # outside of the handlers: what the package says is not for other eyes


def _find_pem(data: bytes) -> bytes | None:
    """PEM with its line ends where they belong; None if it is something else."""
    found = _PEM.search(data.replace(b"\\r", b"").replace(b"\\n", b"\n"))
    if found is None:
        return None
    label, body = found[1], found[2]
    if b":" in body:  # the headers of an old form; their lines are needed
        return found[0]
    lines = b"".join(body.split())
    wrapped = b"\n".join(lines[at : at + 64] for at in range(0, len(lines), 64))
    return b"-----BEGIN %b-----\n%b\n-----END %b-----\n" % (label, wrapped, label)


def _decode_base64(data: bytes) -> bytes:
    """What base64 stands for; DER stays as it is."""
    try:
        inner = base64.b64decode(b"".join(data.replace(b"\\n", b"").split()), validate=True)
    except binascii.Error:
        return data
    return _find_pem(inner) or inner
