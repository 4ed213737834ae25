"""How SQL writes the kinds of which the account only keeps what was declared (`recorded`): a line for each.

What a document says need not be said again: its properties are SQL's, in capitals, and those of its variants too. A
line says what SQL writes otherwise. Kinds that have no document, since REST doesn't know them, have all their
properties here, and a document is made of these.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, cast

from ..account.documents import Document, Schema, documents
from .words import Form, Variants, Words

# Words in SQL | resource, or a hyphen and what it is in | what CREATE must have, also `VALUE=…` for those that a type
# must have | properties.
#
# A property is `NAME`, then what isn't as the document has it: `<path` in JSON, `:form` of its value or `:A/B` for the
# words that it may be or `:1-9` for the numbers, `@resource` of the objects that it names. What begins with a hyphen
# SQL doesn't have; with a plus, only SQL has it.
_KEPT = """
NETWORK POLICY | network-policy | | ALLOWED_NETWORK_RULE_LIST:names@network-rule
    BLOCKED_NETWORK_RULE_LIST:names@network-rule
NETWORK RULE | network-rule | TYPE VALUE_LIST |
    TYPE:IPV4/IPV6/AWSVPCEID/AZURELINKID/GCPPSCID/HOST_PORT/PRIVATE_HOST_PORT
    MODE:INGRESS/INTERNAL_STAGE/EGRESS/SNOWFLAKE_MANAGED_STORAGE_VOLUME
PASSWORD POLICY | password-policy | | PASSWORD_MIN_LENGTH:8-256 PASSWORD_MAX_LENGTH:8-256
    PASSWORD_MIN_UPPER_CASE_CHARS:0-256 PASSWORD_MIN_LOWER_CASE_CHARS:0-256 PASSWORD_MIN_NUMERIC_CHARS:0-256
    PASSWORD_MIN_SPECIAL_CHARS:0-256 PASSWORD_MIN_AGE_DAYS:0-999 PASSWORD_MAX_AGE_DAYS:0-999 PASSWORD_MAX_RETRIES:1-10
    PASSWORD_LOCKOUT_TIME_MINS:1-999 PASSWORD_HISTORY:0-24
SECRET | secret | TYPE PASSWORD=USERNAME PASSWORD=PASSWORD GENERIC_STRING=SECRET_STRING SYMMETRIC_KEY=ALGORITHM
    OAUTH2=API_AUTHENTICATION CLOUD_PROVIDER_TOKEN=API_AUTHENTICATION |
    ALGORITHM:word API_AUTHENTICATION:name-as-text
SESSION POLICY | - schema | | SESSION_IDLE_TIMEOUT_MINS:5-1440 SESSION_UI_IDLE_TIMEOUT_MINS:5-1440
    ALLOWED_SECONDARY_ROLES:names-as-text BLOCKED_SECONDARY_ROLES:names-as-text COMMENT
AUTHENTICATION POLICY | - schema | | AUTHENTICATION_METHODS:texts MFA_AUTHENTICATION_METHODS:texts
    MFA_ENROLLMENT:REQUIRED/REQUIRED_PASSWORD_ONLY/OPTIONAL CLIENT_TYPES:texts SECURITY_INTEGRATIONS:names-as-text
    MFA_POLICY:nested PAT_POLICY:nested WORKLOAD_IDENTITY_POLICY:nested COMMENT
PACKAGES POLICY | - schema | LANGUAGE | LANGUAGE:PYTHON ALLOWLIST:texts BLOCKLIST:texts
    ADDITIONAL_CREATION_BLOCKLIST:texts COMMENT
ARTIFACT REPOSITORY | artifact-repository | TYPE API_INTEGRATION | TYPE:PIP API_INTEGRATION:name-as-text
GIT REPOSITORY | - schema | ORIGIN API_INTEGRATION | ORIGIN API_INTEGRATION:name-as-text GIT_CREDENTIALS:name-as-text
    COMMENT
ALERT | alert | IF THEN | WAREHOUSE:name-as-text SCHEDULE<schedule:alert-schedule IF<condition:exists THEN<action:rest
    -CONDITION -ACTION -SCHEDULE_TYPE -CRON_EXPR -TIMEZONE -MINUTES
PIPE | pipe | AS | AS<copy_statement:rest -COPY_STATEMENT ERROR_INTEGRATION:name-as-text INTEGRATION:name-as-text
    +PIPE_EXECUTION_PAUSED:boolean
EXTERNAL VOLUME | external-volume | STORAGE_LOCATIONS | STORAGE_LOCATIONS:nested-ones
NOTEBOOK | notebook | | FROM<fromLocation:place -FROMLOCATION QUERY_WAREHOUSE:name-as-text COMPUTE_POOL:name-as-text
    EXTERNAL_ACCESS_INTEGRATIONS:names-as-text +WAREHOUSE:name-as-text +RUNTIME_ENVIRONMENT_VERSION
CODE BUNDLE | code-bundle | | FROM<from_location:place -FROM_LOCATION
STREAMLIT | streamlit | | FROM<source_location:place +ROOT_LOCATION -SOURCE_LOCATION
    QUERY_WAREHOUSE:name-as-text EXTERNAL_ACCESS_INTEGRATIONS:names-as-text
CATALOG INTEGRATION | catalog-integration | CATALOG_SOURCE TABLE_FORMAT ENABLED |
    REST_CONFIG:nested REST_AUTHENTICATION:nested +REFRESH_INTERVAL_SECONDS:integer
API INTEGRATION | api-integration | API_PROVIDER API_ALLOWED_PREFIXES ENABLED |
    -TYPE ALLOWED_AUTHENTICATION_SECRETS:names@secret ALLOWED_API_AUTHENTICATION_INTEGRATIONS:names-as-text
NOTIFICATION INTEGRATION | notification-integration | TYPE ENABLED QUEUE=NOTIFICATION_PROVIDER |
    WEBHOOK_SECRET:name@secret WEBHOOK_HEADERS:pairs
STORAGE INTEGRATION | - | TYPE STORAGE_PROVIDER ENABLED STORAGE_ALLOWED_LOCATIONS S3=STORAGE_AWS_ROLE_ARN
    S3GOV=STORAGE_AWS_ROLE_ARN S3CHINA=STORAGE_AWS_ROLE_ARN AZURE=AZURE_TENANT_ID |
    TYPE:EXTERNAL_STAGE ENABLED:boolean STORAGE_PROVIDER:S3/S3GOV/S3CHINA/GCS/AZURE STORAGE_ALLOWED_LOCATIONS:texts
    STORAGE_BLOCKED_LOCATIONS:texts STORAGE_AWS_ROLE_ARN STORAGE_AWS_EXTERNAL_ID STORAGE_AWS_OBJECT_ACL AZURE_TENANT_ID
    USE_PRIVATELINK_ENDPOINT:boolean COMMENT
EXTERNAL ACCESS INTEGRATION | - | ALLOWED_NETWORK_RULES ENABLED |
    ALLOWED_NETWORK_RULES:names@network-rule ALLOWED_API_AUTHENTICATION_INTEGRATIONS:names-as-text
    ALLOWED_AUTHENTICATION_SECRETS:names@secret ENABLED:boolean COMMENT
SECURITY INTEGRATION | - | TYPE API_AUTHENTICATION=ENABLED EXTERNAL_OAUTH=ENABLED EXTERNAL_OAUTH=EXTERNAL_OAUTH_TYPE
    EXTERNAL_OAUTH=EXTERNAL_OAUTH_ISSUER EXTERNAL_OAUTH=EXTERNAL_OAUTH_TOKEN_USER_MAPPING_CLAIM
    EXTERNAL_OAUTH=EXTERNAL_OAUTH_SNOWFLAKE_USER_MAPPING_ATTRIBUTE OAUTH=OAUTH_CLIENT SAML2=ENABLED SAML2=SAML2_ISSUER
    SAML2=SAML2_SSO_URL SAML2=SAML2_PROVIDER SAML2=SAML2_X509_CERT SCIM=SCIM_CLIENT SCIM=RUN_AS_ROLE |
    TYPE:API_AUTHENTICATION/EXTERNAL_OAUTH/OAUTH/SAML2/SCIM AUTH_TYPE:OAUTH2/AWS_IAM ENABLED:boolean
    AWS_ROLE_ARN OAUTH_CLIENT_ID OAUTH_CLIENT_SECRET:secret OAUTH_GRANT:word OAUTH_TOKEN_ENDPOINT
    OAUTH_AUTHORIZATION_ENDPOINT OAUTH_CLIENT_AUTH_METHOD:word OAUTH_ACCESS_TOKEN_VALIDITY:integer
    OAUTH_REFRESH_TOKEN_VALIDITY:integer OAUTH_ALLOWED_SCOPES:texts OAUTH_ASSERTION_ISSUER
    OAUTH_CLIENT:TABLEAU_DESKTOP/TABLEAU_SERVER/LOOKER/CUSTOM OAUTH_CLIENT_TYPE OAUTH_REDIRECT_URI
    OAUTH_ALLOW_NON_TLS_REDIRECT_URI:boolean OAUTH_ENFORCE_PKCE:boolean OAUTH_USE_SECONDARY_ROLES:IMPLICIT/NONE
    OAUTH_ISSUE_REFRESH_TOKENS:boolean PRE_AUTHORIZED_ROLES_LIST:names-as-text BLOCKED_ROLES_LIST:names-as-text
    OAUTH_CLIENT_RSA_PUBLIC_KEY OAUTH_CLIENT_RSA_PUBLIC_KEY_2 EXTERNAL_OAUTH_TYPE:OKTA/AZURE/PING_FEDERATE/CUSTOM
    EXTERNAL_OAUTH_ISSUER EXTERNAL_OAUTH_TOKEN_USER_MAPPING_CLAIM:texts EXTERNAL_OAUTH_SNOWFLAKE_USER_MAPPING_ATTRIBUTE
    EXTERNAL_OAUTH_JWS_KEYS_URL:texts EXTERNAL_OAUTH_BLOCKED_ROLES_LIST:names-as-text
    EXTERNAL_OAUTH_ALLOWED_ROLES_LIST:names-as-text EXTERNAL_OAUTH_RSA_PUBLIC_KEY EXTERNAL_OAUTH_RSA_PUBLIC_KEY_2
    EXTERNAL_OAUTH_AUDIENCE_LIST:texts EXTERNAL_OAUTH_ANY_ROLE_MODE:DISABLE/ENABLE/ENABLE_FOR_PRIVILEGE
    EXTERNAL_OAUTH_SCOPE_DELIMITER EXTERNAL_OAUTH_SCOPE_MAPPING_ATTRIBUTE SAML2_ISSUER SAML2_SSO_URL SAML2_PROVIDER
    SAML2_X509_CERT ALLOWED_USER_DOMAINS:texts ALLOWED_EMAIL_PATTERNS:texts SAML2_SP_INITIATED_LOGIN_PAGE_LABEL
    SAML2_ENABLE_SP_INITIATED:boolean SAML2_SIGN_REQUEST:boolean SAML2_REQUESTED_NAMEID_FORMAT
    SAML2_POST_LOGOUT_REDIRECT_URL SAML2_FORCE_AUTHN:boolean SAML2_SNOWFLAKE_ISSUER_URL SAML2_SNOWFLAKE_ACS_URL
    SCIM_CLIENT:OKTA/AZURE/GENERIC RUN_AS_ROLE:name-as-text NETWORK_POLICY:name-as-text SYNC_PASSWORD:boolean COMMENT
RESOURCE MONITOR | - | | CREDIT_QUOTA:1-999999999 FREQUENCY:MONTHLY/DAILY/WEEKLY/YEARLY/NEVER
    START_TIMESTAMP:word-or-text END_TIMESTAMP:word-or-text NOTIFY_USERS:names-as-text TRIGGERS:triggers
SEMANTIC VIEW | - schema | TABLES | TABLES:expressions RELATIONSHIPS:expressions FACTS:expressions
    DIMENSIONS:expressions METRICS:expressions COMMENT
EXTERNAL TABLE | - schema | | LOCATION STAGE PATTERN INVALID LAST_REFRESHED_ON COMMENT
SHARE | - | | COMMENT SECURE_OBJECTS_ONLY:boolean
"""
_VARIANTS = """
api-integration | API_PROVIDER | api_hook.type api_hook.api_provider API_PROVIDER
    | AWS_API_GATEWAY > AWS AWS_API_GATEWAY - | AWS_PRIVATE_API_GATEWAY > AWS AWS_PRIVATE_API_GATEWAY -
    | AWS_GOV_API_GATEWAY > AWS AWS_GOV_API_GATEWAY - | GIT_HTTPS_API > GIT - - | PYPI > GIT - PYPI
    | AWS_GOV_PRIVATE_API_GATEWAY > AWS AWS_GOV_PRIVATE_API_GATEWAY - | GOOGLE_API_GATEWAY > GC GOOGLE_API_GATEWAY -
    | AZURE_API_MANAGEMENT > AZURE AZURE_API_MANAGEMENT -
    | AZURE_PRIVATE_API_MANAGEMENT > AZURE AZURE_PRIVATE_API_MANAGEMENT -
notification-integration | TYPE NOTIFICATION_PROVIDER DIRECTION | notification_hook.type
    | EMAIL - - > EMAIL | WEBHOOK - - > WEBHOOK | QUEUE AWS_SNS OUTBOUND > QUEUE_AWS_SNS_OUTBOUND
    | QUEUE AZURE_EVENT_GRID OUTBOUND > QUEUE_AZURE_EVENT_GRID_OUTBOUND
    | QUEUE GCP_PUBSUB OUTBOUND > QUEUE_GCP_PUBSUB_OUTBOUND | QUEUE GCP_PUBSUB - > QUEUE_GCP_PUBSUB_INBOUND
    | QUEUE GCP_PUBSUB INBOUND > QUEUE_GCP_PUBSUB_INBOUND
    | QUEUE AZURE_STORAGE_QUEUE - > QUEUE_AZURE_EVENT_GRID_INBOUND
    | QUEUE AZURE_STORAGE_QUEUE INBOUND > QUEUE_AZURE_EVENT_GRID_INBOUND
"""
_RENAMED = (
    "network-policy",
    "password-policy",
    "session-policy",
    "authentication-policy",
    "packages-policy",
    "notebook",
    "streamlit",
    "semantic-view",
)


def _lines(written: str) -> Iterator[list[str]]:
    for line in written.strip().replace("\n    ", " ").splitlines():
        yield [part.strip() for part in line.split("|")]


_ENTRIES = {
    words.lower().replace(" ", "-"): (words, required.split(), properties.split(), resource)
    for words, resource, required, properties in _lines(_KEPT)
}
BY_SQL_ALONE = tuple(resource for resource, entry in _ENTRIES.items() if entry[3].startswith("-"))
"""The resources that REST doesn't know."""
INTEGRATIONS = tuple(resource for resource in _ENTRIES if resource.endswith("-integration"))
"""Those whose objects have one space of names."""


@cache
def words_of(resource: str) -> Words | None:
    """How SQL calls a kind that is kept; None if it doesn't."""
    if resource not in _ENTRIES:
        return None
    words, required, written, _ = _ENTRIES[resource]
    found: dict[str, tuple[str, Form]] = {}
    allowed: dict[str, tuple[str, ...]] = {}
    ranges: dict[str, range] = {}
    named: dict[str, str] = {}
    if resource not in BY_SQL_ALONE:
        document = documents()[resource]
        for name, path, form, values in _declared(document, document.verbs["create"].body or {}):
            found.setdefault(name, (path, form))
            if values:
                allowed[name] = values
    for one in written:
        if one.startswith("-"):
            del found[one[1:]]
            continue
        text, _, of = one.partition("@")
        text, _, said = text.partition(":")
        name, _, path = text.removeprefix("+").partition("<")
        known, form = found.pop(name, (name if one.startswith("+") else name.lower(), "text"))
        least, hyphen, most = said.partition("-")
        if hyphen and most.isdigit():
            ranges[name], said = range(int(least), int(most) + 1), "integer"
        elif said.isupper():
            allowed[name], said = tuple(said.split("/")), "word"
        found[name] = path or known, cast("Form", said.replace("-", " ")) if said else form
        if of:
            named[name] = of
    variants = _variants().get(resource)
    if variants is not None:
        for at, name in enumerate(variants.sql):
            found[name] = ("", "word")
            allowed[name] = tuple({sql[at]: True for sql, _ in variants.rows if sql[at]})
    first = ("ENABLED", *(variants.sql if variants is not None else ()))
    order = sorted(found, key=lambda name: (name == "COMMENT", name not in first))  # as DESCRIBE tells them
    return Words(
        words,
        {name: found[name] for name in order},
        _required(required),
        allowed,
        ranges,
        named,
        variants,
        renamed=resource in _RENAMED,
        checked=True,
    )


def _required(written: list[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in written:
        of, _, name = one.rpartition("=")
        found[of] = (*found.get(of, ()), name)
    return found


def _variants() -> dict[str, Variants]:
    found: dict[str, Variants] = {}
    for resource, sql, rest, *rows in _lines(_VARIANTS):
        values = [[_values(side) for side in row.split(">")] for row in rows]
        found[resource] = Variants(tuple(sql.split()), tuple(rest.split()), tuple((one, two) for one, two in values))
    return found


def _values(written: str) -> tuple[str, ...]:
    return tuple("" if one == "-" else one for one in written.split())


def _declared(document: Document, schema: Schema, above: str = "") -> Iterator[tuple[str, str, Form, tuple[str, ...]]]:
    """The properties that a document lets a body have: their names in SQL, paths in JSON, forms and values."""
    schema = document.resolve(schema)
    choice = schema.get("discriminator", {"propertyName": "", "mapping": {}})
    every = document.properties(schema)
    for variant in choice["mapping"].values():
        every |= {**document.properties({"$ref": variant}), **every}
    for name, referred in every.items():
        part = document.resolve(referred)
        if name == "name" or part.get("readOnly"):
            continue
        if not above and part.get("type") == "object":
            yield from _declared(document, part, f"{name}.")
            continue
        values = tuple(choice["mapping"]) if name == choice["propertyName"] else tuple(part.get("enum", ()))
        yield name.upper(), above + name, "word" if values else _form(part), values


def _form(schema: Schema) -> Form:
    forms: Mapping[str, Form] = {"boolean": "boolean", "integer": "integer", "array": "texts", "object": "nested"}
    types: Any = schema.get("type", "string")
    if schema.get("format") == "password" or schema.get("writeOnly"):
        return "secret"
    first: str = types if isinstance(types, str) else types[0]
    return forms.get(first, "text")


# Documents of what REST doesn't know


_TOLD = ("database_name", "schema_name", "owner", "owner_role_type", "created_on")
"""What is told of every object."""


@cache
def document_of(resource: str) -> Document:
    """What there is to know of a kind, made of how SQL writes it."""
    words = words_of(resource)
    assert words is not None
    parts: Mapping[str, Schema] = {path: _schema(form) for path, form in words.properties.values()}
    told: Mapping[str, Schema] = {name: {"type": "string", "readOnly": True} for name in (*_TOLD, "comment")}
    schema = {"type": "object", "properties": {"name": {"type": "string"}, **told, **parts}}
    above = "/databases/{database}/schemas/{schema}" if _ENTRIES[resource][3].endswith("schema") else ""
    one, collection = {"$ref": "#/components/schemas/One"}, f"{above}/{resource}s"

    def operation(verb: str, answer: Schema, **more: Any) -> Schema:
        answers = {"200": {"content": {"application/json": {"schema": answer}}}}
        return {"operationId": verb, "responses": answers, **more}

    body = {"content": {"application/json": {"schema": one}}, "required": True}
    paths = {
        collection: {
            "get": operation("list", {"type": "array", "items": one}),
            "post": operation("create", {}, requestBody=body, parameters=[_parameter("createMode", "string")]),
        },
        f"{collection}/{{name}}": {
            "get": operation("fetch", one),
            "delete": operation("drop", {}, parameters=[_parameter("ifExists", "boolean")]),
        },
    }
    content = {"x-collection": collection, "paths": paths, "components": {"schemas": {"One": schema}}}
    return Document(resource, lambda: content, "")


def _parameter(name: str, type_: str) -> Schema:
    return {"name": name, "in": "query", "schema": {"type": type_}}


def _schema(form: Form) -> Schema:
    if form in ("texts", "names", "names as text", "triggers", "expressions"):
        return {"type": "array", "items": {}}
    types = {"boolean": "boolean", "integer": "integer", "nested": "object"}
    return {"type": types.get(form, "string"), **({"format": "password"} if form == "secret" else {})}
