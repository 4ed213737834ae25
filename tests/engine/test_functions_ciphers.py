"""ENCRYPT, DECRYPT and their kin: what goes in comes out, and nothing tells a key."""
# ruff: noqa: E501

from __future__ import annotations

import pytest

from snowcore.engine.duckdb.session import DuckSession
from snowcore.local.account.secrets import without_secrets

from .answers import Line, check, name

KEY, IV = "to_binary('000102030405060708090a0b0c0d0e0f', 'hex')", "to_binary('000102030405060708090a0b', 'hex')"
RAW = "with x as (select encrypt_raw(to_binary('abcd', 'hex'), {key}, null, {aad}, '{method}') e) select decrypt_raw(e:ciphertext::binary, {key}, as_binary(get(e, 'iv')), {aad}, '{method}', as_binary(get(e, 'tag'))) from x"
CIPHERS: list[Line] = [
    ("to_varchar(decrypt(encrypt('Secret!', 'pass'), 'pass'), 'utf-8')", "Secret!"), ("encrypt('Secret!', 'pass') = encrypt('Secret!', 'pass')", False, "BOOLEAN"),
    ("to_varchar(decrypt(encrypt('Secret!', 'pass', 'said'), 'pass', 'said'), 'utf-8')", "Secret!"), ("decrypt(encrypt('a', 'pass', 'said'), 'pass', 'else')", "!100311"),
    ("decrypt(encrypt('a', 'pass'), 'else')", "!100311"), ("try_decrypt(encrypt('a', 'pass'), 'else')", None, "BINARY"), ("decrypt('abcd'::binary, 'pass')", "!100311"), ("encrypt(null, 'a')", None), ("encrypt('a', null)", None),
    ("to_varchar(decrypt(encrypt('a', 'p', null, 'aes-cbc/pad:pkcs'), 'p', null, 'AES-CBC/pad:pkcs'), 'utf-8')", "a"), ("encrypt('a', 'b', null, 'aes-ecb')", "!000002"), ("encrypt(1, 'a')", "!001044"),
    (f"encrypt_raw(to_binary('00', 'hex'), {KEY}, {IV})", '{"ciphertext": "93", "iv": "000102030405060708090A0B", "tag": "364A0B820BCFFF193D18E45EB3798408"}', "VARIANT"),
    (RAW.format(key=KEY, aad="null", method="AES-GCM"), b"\xab\xcd", "BINARY"), (RAW.format(key=KEY, aad=IV, method="AES-GCM"), b"\xab\xcd"), (RAW.format(key=KEY, aad="null", method="AES-CBC"), b"\xab\xcd"),
    (f"try_decrypt_raw(to_binary('00', 'hex'), {KEY}, {IV}, null, 'AES-GCM', to_binary('00', 'hex'))", None), (f"encrypt_raw('a', {KEY}, {IV})", "!001044"), (f"encrypt_raw(to_binary('00', 'hex'), {IV}, null)", "!100183"),
]  # fmt: skip


@pytest.mark.parametrize("line", CIPHERS, ids=name)
def test_ciphers(session: DuckSession, line: Line) -> None:
    check(session, line)


@pytest.mark.parametrize(
    "sql",
    [
        "select encrypt('a', 'hush')",
        "select x, TRY_DECRYPT_RAW(y, to_binary('hush'), z)",
        'SELECT "DECRYPT"(x, $$hush$$)',
    ],
)
def test_histories_and_logs_do_not_have_keys(sql: str) -> None:
    assert "hush" not in without_secrets(sql)
