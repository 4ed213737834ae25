# Generated from specs/service.yaml by `make generate`. Do not edit.
# Subclasses narrow fields of their bases:
# pyright: reportIncompatibleVariableOverride=false
"""Services run containers on a compute pool, for as long as they exist or, as job services, until the containers end.
See https://docs.snowflake.com/en/developer-guide/snowpark-container-services/working-with-services.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from .common import IDENTIFIER
from .runtime import (
    BOOLEAN,
    DATETIME,
    INTEGER,
    STRING,
    Array,
    Choice,
    Integer,
    Model,
    Nested,
    Operation,
    Resource,
    argument,
    body,
    field,
    model,
    segment,
)


@model
class ServiceSpec(Model):
    """What the service consists of, such as containers, endpoints and volumes. See
    https://docs.snowflake.com/en/developer-guide/snowpark-container-services/specification-reference.
    """

    spec_type: str | None = field(STRING, default=None, init=False)
    """How the specification is given."""


@model
class ServiceSpecInlineText(ServiceSpec):
    """A specification given as text.

    Args:
        spec_text: The specification, in YAML.
    """

    spec_type: str = field(STRING, default="from_inline", init=False)
    spec_text: str = field(STRING)
    """The specification, in YAML."""


@model
class ServiceSpecStageFile(ServiceSpec):
    """A specification given as a file on a stage.

    Args:
        stage: The stage that holds the file.
        spec_file: The path of the file on the stage.
    """

    spec_type: str = field(STRING, default="from_file", init=False)
    stage: str = field(STRING)
    """The stage that holds the file."""
    spec_file: str = field(STRING)
    """The path of the file on the stage."""


@model
class JobService(Model):
    """A job service, whose containers run to their end.

    Args:
        name: The name of the service.
        status: The state of the service, such as `PENDING`, `RUNNING`, `DONE` or `FAILED`.
        compute_pool: The compute pool that the containers run on.
        spec: The specification of what the service consists of.
        external_access_integrations: The external access integrations through which containers reach the Internet.
        query_warehouse: The warehouse for SQL that containers run without naming one.
        comment: Text that describes the service.
        is_async_job: Whether running the job answers at once, without waiting for its end; default false.
    """

    name: str = field(IDENTIFIER)
    """The name of the service."""
    status: str | None = field(STRING, default=None)
    """The state of the service, such as `PENDING`, `RUNNING`, `DONE` or `FAILED`."""
    compute_pool: str = field(STRING)
    """The compute pool that the containers run on."""
    spec: ServiceSpec = field(Nested(ServiceSpec))
    """The specification of what the service consists of."""
    external_access_integrations: list[str] | None = field(Array(STRING), default=None)
    """The external access integrations through which containers reach the Internet."""
    query_warehouse: str | None = field(IDENTIFIER, default=None)
    """The warehouse for SQL that containers run without naming one."""
    comment: str | None = field(STRING, default=None)
    """Text that describes the service."""
    is_async_job: bool | None = field(BOOLEAN, default=None)
    """Whether running the job answers at once, without waiting for its end; default false."""


@model
class Service(JobService):
    """A service.

    Args:
        name: The name of the service.
        status: The state of the service, such as `PENDING`, `RUNNING`, `DONE` or `FAILED`.
        compute_pool: The compute pool that the containers run on.
        spec: The specification of what the service consists of.
        external_access_integrations: The external access integrations through which containers reach the Internet.
        query_warehouse: The warehouse for SQL that containers run without naming one.
        comment: Text that describes the service.
        is_async_job: Whether running the job answers at once, without waiting for its end; default false.
        auto_resume: Whether a request to the service resumes it when it is suspended; default true.
        min_ready_instances: How many instances must be ready for the service to count as ready; default
            `min_instances`.
        min_instances: How many instances run at least; default 1.
        max_instances: How many instances the service may grow to; default `min_instances`.
        database_name: The database of the service.
        schema_name: The schema of the service.
        auto_suspend_secs: After how many idle seconds the service is suspended; 0 for never, the default.

    Attributes:
        current_instances (set by the server): The number of instances that there are.
        target_instances (set by the server): The number of instances that there should be.
        owner (set by the server): The role that owns the service.
        dns_name (set by the server): The name by which other services reach it.
        created_on (set by the server): When the service was created.
        updated_on (set by the server): When the service was last changed.
        resumed_on (set by the server): When the service was last resumed.
        suspended_on (set by the server): When the service was last suspended.
        owner_role_type (set by the server): The kind of role that owns the service, such as `ROLE`.
        is_job (set by the server): Whether it is a job service.
        spec_digest (set by the server): A digest of the specification, by which versions of it can be told apart.
        is_upgrading (set by the server): Whether the service is moving to a new specification.
        managing_object_domain (set by the server): The kind of object that manages the service, if one does.
        managing_object_name (set by the server): The name of the object that manages the service, if one does.
    """

    auto_resume: bool | None = field(BOOLEAN, default=None)
    """Whether a request to the service resumes it when it is suspended; default true."""
    current_instances: int | None = field(INTEGER, default=None, read_only=True)
    """The number of instances that there are."""
    target_instances: int | None = field(INTEGER, default=None, read_only=True)
    """The number of instances that there should be."""
    min_ready_instances: int | None = field(INTEGER, default=None)
    """How many instances must be ready for the service to count as ready; default `min_instances`."""
    min_instances: int | None = field(INTEGER, default=None)
    """How many instances run at least; default 1."""
    max_instances: int | None = field(INTEGER, default=None)
    """How many instances the service may grow to; default `min_instances`."""
    database_name: str | None = field(IDENTIFIER, default=None)
    """The database of the service."""
    schema_name: str | None = field(IDENTIFIER, default=None)
    """The schema of the service."""
    owner: str | None = field(STRING, default=None, read_only=True)
    """The role that owns the service."""
    dns_name: str | None = field(STRING, default=None, read_only=True)
    """The name by which other services reach it."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the service was created."""
    updated_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the service was last changed."""
    resumed_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the service was last resumed."""
    suspended_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the service was last suspended."""
    auto_suspend_secs: int | None = field(INTEGER, default=None)
    """After how many idle seconds the service is suspended; 0 for never, the default."""
    owner_role_type: str | None = field(STRING, default=None, read_only=True)
    """The kind of role that owns the service, such as `ROLE`."""
    is_job: bool | None = field(BOOLEAN, default=None, read_only=True)
    """Whether it is a job service."""
    spec_digest: str | None = field(STRING, default=None, read_only=True)
    """A digest of the specification, by which versions of it can be told apart."""
    is_upgrading: bool | None = field(BOOLEAN, default=None, read_only=True)
    """Whether the service is moving to a new specification."""
    managing_object_domain: str | None = field(STRING, default=None, read_only=True)
    """The kind of object that manages the service, if one does."""
    managing_object_name: str | None = field(STRING, default=None, read_only=True)
    """The name of the object that manages the service, if one does."""


@model
class ServiceEndpoint(Model):
    """An endpoint of a service.

    Args:
        name: The name of the endpoint, from the specification.
        port: The port that the service listens on.
        port_range: The ports that the service listens on, where it is more than one.
        protocol: The protocol, such as `HTTP` or `TCP`. Default `HTTP`.
        is_public: Whether the endpoint can be reached from the Internet, by users with access. Default `false`.

    Attributes:
        ingress_url (set by the server): The address of a public endpoint.
    """

    name: str | None = field(STRING, default=None)
    """The name of the endpoint, from the specification."""
    port: int | None = field(INTEGER, default=None)
    """The port that the service listens on."""
    port_range: str | None = field(STRING, default=None, wire="portRange")
    """The ports that the service listens on, where it is more than one."""
    protocol: str | None = field(STRING, default="HTTP")
    """The protocol, such as `HTTP` or `TCP`. Default `HTTP`."""
    is_public: bool | None = field(BOOLEAN, default=False)
    """Whether the endpoint can be reached from the Internet, by users with access. Default `false`."""
    ingress_url: str | None = field(STRING, default=None, read_only=True)
    """The address of a public endpoint."""


@model
class ServiceContainer(Model):
    """A container of a service instance.

    Args:
        database_name: The database of the service.
        schema_name: The schema of the service.
        service_name: The name of the service.

    Attributes:
        service_status (set by the server): The state of the service.
        instance_id (set by the server): The service instance; the first is 0.
        instance_status (set by the server): The state of the instance.
        container_name (set by the server): The name of the container, from the specification.
        status (set by the server): The state of the container, such as `PENDING`, `READY`, `DONE` or `FAILED`.
        message (set by the server): The state in words, such as why the container failed.
        image_name (set by the server): The image that the container was made from.
        image_digest (set by the server): The digest of that image.
        restart_count (set by the server): How often the container was restarted.
        start_time (set by the server): When the container started.
    """

    database_name: str | None = field(IDENTIFIER, default=None)
    """The database of the service."""
    schema_name: str | None = field(IDENTIFIER, default=None)
    """The schema of the service."""
    service_name: str | None = field(IDENTIFIER, default=None)
    """The name of the service."""
    service_status: str | None = field(STRING, default=None, read_only=True)
    """The state of the service."""
    instance_id: str | None = field(STRING, default=None, read_only=True)
    """The service instance; the first is 0."""
    instance_status: str | None = field(STRING, default=None, read_only=True)
    """The state of the instance."""
    container_name: str | None = field(STRING, default=None, read_only=True)
    """The name of the container, from the specification."""
    status: str | None = field(STRING, default=None, read_only=True)
    """The state of the container, such as `PENDING`, `READY`, `DONE` or `FAILED`."""
    message: str | None = field(STRING, default=None, read_only=True)
    """The state in words, such as why the container failed."""
    image_name: str | None = field(STRING, default=None, read_only=True)
    """The image that the container was made from."""
    image_digest: str | None = field(STRING, default=None, read_only=True)
    """The digest of that image."""
    restart_count: int | None = field(INTEGER, default=None, read_only=True)
    """How often the container was restarted."""
    start_time: str | None = field(STRING, default=None, read_only=True)
    """When the container started."""


@model
class ServiceInstance(Model):
    """An instance of a service, which is one set of its containers on a node.

    Args:
        database_name: The database of the service.
        schema_name: The schema of the service.
        service_name: The name of the service.

    Attributes:
        service_status (set by the server): The state of the service.
        instance_id (set by the server): The number of the instance; the first is 0.
        status (set by the server): The state of the instance.
        spec_digest (set by the server): A digest of the specification that the instance runs.
        creation_time (set by the server): When Snowflake began to create the instance.
        start_time (set by the server): When the instance started.
    """

    database_name: str | None = field(IDENTIFIER, default=None)
    """The database of the service."""
    schema_name: str | None = field(IDENTIFIER, default=None)
    """The schema of the service."""
    service_name: str | None = field(IDENTIFIER, default=None)
    """The name of the service."""
    service_status: str | None = field(STRING, default=None, read_only=True)
    """The state of the service."""
    instance_id: str | None = field(STRING, default=None, read_only=True)
    """The number of the instance; the first is 0."""
    status: str | None = field(STRING, default=None, read_only=True)
    """The state of the instance."""
    spec_digest: str | None = field(STRING, default=None, read_only=True)
    """A digest of the specification that the instance runs."""
    creation_time: str | None = field(STRING, default=None, read_only=True)
    """When Snowflake began to create the instance."""
    start_time: str | None = field(STRING, default=None, read_only=True)
    """When the instance started."""


@model
class ServiceRole(Model):
    """A service role.

    Attributes:
        created_on (set by the server): When the service role was created.
        name (set by the server): The name of the service role.
        comment (set by the server): Text that describes the service role.
    """

    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the service role was created."""
    name: str | None = field(STRING, default=None, read_only=True)
    """The name of the service role."""
    comment: str | None = field(STRING, default=None, read_only=True)
    """Text that describes the service role."""


@model
class GrantOf(Model):
    """A grant of a service role to somebody.

    Attributes:
        created_on (set by the server): When the role was granted.
        role (set by the server): The name of the service role.
        granted_to (set by the server): The kind of grantee, such as `ROLE`.
        grantee_name (set by the server): The name of the grantee.
        granted_by (set by the server): The role that granted it.
    """

    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the role was granted."""
    role: str | None = field(STRING, default=None, read_only=True)
    """The name of the service role."""
    granted_to: str | None = field(STRING, default=None, read_only=True)
    """The kind of grantee, such as `ROLE`."""
    grantee_name: str | None = field(STRING, default=None, read_only=True)
    """The name of the grantee."""
    granted_by: str | None = field(STRING, default=None, read_only=True)
    """The role that granted it."""


@model
class ServiceRoleGrantTo(Model):
    """A privilege that is granted to a service role.

    Attributes:
        created_on (set by the server): When the privilege was granted.
        privilege (set by the server): The privilege, such as `USAGE`.
        granted_on (set by the server): The kind of object that the privilege is on.
        name (set by the server): The name of the object that the privilege is on.
        granted_to (set by the server): The kind of grantee.
        grantee_name (set by the server): The name of the grantee.
    """

    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the privilege was granted."""
    privilege: str | None = field(STRING, default=None, read_only=True)
    """The privilege, such as `USAGE`."""
    granted_on: str | None = field(STRING, default=None, read_only=True)
    """The kind of object that the privilege is on."""
    name: str | None = field(STRING, default=None, read_only=True)
    """The name of the object that the privilege is on."""
    granted_to: str | None = field(STRING, default=None, read_only=True)
    """The kind of grantee."""
    grantee_name: str | None = field(STRING, default=None, read_only=True)
    """The name of the grantee."""


@model
class ServiceLogs(Model):
    """Log lines of a container.

    Args:
        system_get_service_logs: The lines, with line breaks between them.
    """

    system_get_service_logs: str | None = field(STRING, default=None, wire="system$get_service_logs")
    """The lines, with line breaks between them."""


@model
class ServiceStatus(Model):
    """The status of a service.

    Args:
        system_get_service_status: The status of each container, as a JSON array in text.
    """

    system_get_service_status: str | None = field(STRING, default=None, wire="system$get_service_status")
    """The status of each container, as a JSON array in text."""


ServiceSpec.discriminate(
    "spec_type",
    {
        "from_file": ServiceSpecStageFile,
        "from_inline": ServiceSpecInlineText,
    },
)

_SHOW_LIMIT = Integer(minimum=1, maximum=10000)
_SERVICE_LIST = Array(Nested(Service))
_CREATE_MODE = Choice("errorIfExists", "ifNotExists")
_SERVICE = Nested(Service)
_JOB_SERVICE = Nested(JobService)
_SERVICE_LOGS = Nested(ServiceLogs)
_SERVICE_STATUS = Nested(ServiceStatus)
_SERVICE_CONTAINER_LIST = Array(Nested(ServiceContainer))
_SERVICE_INSTANCE_LIST = Array(Nested(ServiceInstance))
_SERVICE_ROLE_LIST = Array(Nested(ServiceRole))
_GRANT_OF_LIST = Array(Nested(GrantOf))
_SERVICE_ROLE_GRANT_TO_LIST = Array(Nested(ServiceRoleGrantTo))
_SERVICE_ENDPOINT_LIST = Array(Nested(ServiceEndpoint))


def list_services(
    database: str,
    schema: str,
    *,
    like: str | None = None,
    starts_with: str | None = None,
    show_limit: int | None = None,
    from_name: str | None = None,
) -> Operation[list[Service]]:
    """The services of the schema.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever the
            case.
        starts_with: Only the objects whose name starts with this text, in exactly this case.
        show_limit: At most this many objects, from 1 to 10,000.
        from_name: Only the objects that follow the first one whose name starts with this text, in exactly this case.
    """
    return Operation(
        id="listServices",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/services",
        query={
            "like": argument("like", STRING, like),
            "startsWith": argument("starts_with", STRING, starts_with),
            "showLimit": argument("show_limit", _SHOW_LIMIT, show_limit),
            "fromName": argument("from_name", STRING, from_name),
        },
        answer=_SERVICE_LIST,
    )


def create_service(
    database: str,
    schema: str,
    service: Service,
    *,
    create_mode: Literal["errorIfExists", "ifNotExists"] | str | None = None,
) -> Operation[None]:
    """Create a service.

    It starts right away, in the background. See https://docs.snowflake.com/en/sql-reference/sql/create-service.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        service: A service.
        create_mode: What to do when a service of this name exists; fail, or leave it as it is. A service can't be
            replaced. The server's default is `errorIfExists`.
    """
    return Operation(
        id="createService",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/services",
        query={"createMode": argument("create_mode", _CREATE_MODE, create_mode)},
        body=body("service", _SERVICE, service, required=True),
    )


def execute_job_service(database: str, schema: str, job_service: JobService) -> Operation[None]:
    """Run a job service.

    The answer comes when the containers have ended, or at once if `is_async_job` is set. See
    https://docs.snowflake.com/en/sql-reference/sql/execute-job-service.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        job_service: A job service, whose containers run to their end.
    """
    return Operation(
        id="executeJobService",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/services:execute-job",
        body=body("job_service", _JOB_SERVICE, job_service, required=True),
    )


def fetch_service(database: str, schema: str, name: str) -> Operation[Service]:
    """Fetch a service.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="fetchService",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/services/{segment('name', name)}",
        answer=_SERVICE,
    )


def create_or_alter_service(database: str, schema: str, name: str, service: Service) -> Operation[None]:
    """Create the service, or change it to match the description.

    A new specification upgrades the service while it runs. See
    https://docs.snowflake.com/en/sql-reference/sql/alter-service.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        service: A service.
    """
    return Operation(
        id="createOrAlterService",
        method="PUT",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/services/{segment('name', name)}",
        body=body("service", _SERVICE, service, required=True),
    )


def delete_service(database: str, schema: str, name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Drop the service and stop its containers.

    See https://docs.snowflake.com/en/sql-reference/sql/drop-service.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="deleteService",
        method="DELETE",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/services/{segment('name', name)}",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def fetch_service_logs(
    database: str, schema: str, name: str, *, instance_id: int, container_name: str, num_lines: int | None = None
) -> Operation[ServiceLogs]:
    """The latest log lines of a container of the service.

    See https://docs.snowflake.com/en/sql-reference/functions/system_get_service_logs.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        instance_id: The service instance; the first is 0.
        container_name: The container, by its name in the specification.
        num_lines: At most this many lines; when left out, up to 100 KB.
    """
    return Operation(
        id="fetchServiceLogs",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/services/{segment('name', name)}/logs",
        query={
            "instanceId": argument("instance_id", INTEGER, instance_id, required=True),
            "containerName": argument("container_name", STRING, container_name, required=True),
            "numLines": argument("num_lines", INTEGER, num_lines),
        },
        answer=_SERVICE_LOGS,
    )


def fetch_service_status(
    database: str, schema: str, name: str, *, timeout: int | None = None
) -> Operation[ServiceStatus]:
    """Deprecated; use `listServiceContainers`.

    Deprecated.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        timeout: How many seconds to wait for the service to reach a steady state; default 0.
    """
    return Operation(
        id="fetchServiceStatus",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/services/{segment('name', name)}/status",
        query={"timeout": argument("timeout", INTEGER, timeout)},
        answer=_SERVICE_STATUS,
    )


def list_service_containers(database: str, schema: str, name: str) -> Operation[list[ServiceContainer]]:
    """The containers of the service, over all its instances.

    See https://docs.snowflake.com/en/sql-reference/sql/show-service-containers-in-service.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="listServiceContainers",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/services/{segment('name', name)}/containers",
        answer=_SERVICE_CONTAINER_LIST,
    )


def list_service_instances(database: str, schema: str, name: str) -> Operation[list[ServiceInstance]]:
    """The instances of the service.

    See https://docs.snowflake.com/en/sql-reference/sql/show-service-instances-in-service.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="listServiceInstances",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/services/{segment('name', name)}/instances",
        answer=_SERVICE_INSTANCE_LIST,
    )


def list_service_roles(database: str, schema: str, name: str) -> Operation[list[ServiceRole]]:
    """The service roles, which give access to endpoints of the service.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="listServiceRoles",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/services/{segment('name', name)}/roles",
        answer=_SERVICE_ROLE_LIST,
    )


def list_service_role_grants_of(database: str, schema: str, service: str, name: str) -> Operation[list[GrantOf]]:
    """Whom the service role is granted to.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        service: The service that the role belongs to. An unquoted name is taken in upper case; a name in double
            quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="listServiceRoleGrantsOf",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/services/{segment('service', service)}/roles/{segment('name', name)}/grants-of",
        answer=_GRANT_OF_LIST,
    )


def list_service_role_grants_to(
    database: str, schema: str, service: str, name: str
) -> Operation[list[ServiceRoleGrantTo]]:
    """The privileges that the service role has.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        service: The service that the role belongs to. An unquoted name is taken in upper case; a name in double
            quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="listServiceRoleGrantsTo",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/services/{segment('service', service)}/roles/{segment('name', name)}/grants",
        answer=_SERVICE_ROLE_GRANT_TO_LIST,
    )


def resume_service(database: str, schema: str, name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Resume the service.

    See https://docs.snowflake.com/en/sql-reference/sql/alter-service.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="resumeService",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/services/{segment('name', name)}:resume",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def suspend_service(database: str, schema: str, name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Suspend the service, which stops its containers.

    See https://docs.snowflake.com/en/sql-reference/sql/alter-service.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="suspendService",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/services/{segment('name', name)}:suspend",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def show_service_endpoints(database: str, schema: str, name: str) -> Operation[list[ServiceEndpoint]]:
    """The endpoints of the service.

    See https://docs.snowflake.com/en/sql-reference/sql/show-endpoints.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="showServiceEndpoints",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/services/{segment('name', name)}/endpoints",
        answer=_SERVICE_ENDPOINT_LIST,
    )


RESOURCE = Resource(
    name="service",
    collection="/api/v2/databases/{database}/schemas/{schema}/services",
    model=Service,
    list=list_services,
    create=create_service,
    fetch=fetch_service,
    create_or_alter=create_or_alter_service,
    drop=delete_service,
)
