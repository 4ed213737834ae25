"""Services are created from specifications in YAML, and tell of themselves as text."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, Any

import orjson

from snowflake_rest import service as rest
from snowflake_rest.runtime import Steps
from snowflake_rest.service import JobService, Service, ServiceSpecInlineText, ServiceSpecStageFile
from snowflake_rest.service import ServiceSpec as ServiceSpecification

from .._collections import SchemaObjects
from .._common import CreateMode, encode_mode
from .._handles import SchemaObject
from .._methods import build_model, deprecate_name, remote, twin

if TYPE_CHECKING:
    from ..service import ServiceResource


__all__ = ["ServiceCreation", "ServiceMethods", "ServiceSpec", "ServiceSpecification"]

_STAGE_FILE = re.compile(r'[^<>:"|?*/\n]+(/[^<>:"|?*/\n]+)+')


def ServiceSpec(spec: str, force_inline: bool = False) -> ServiceSpecInlineText | ServiceSpecStageFile:
    """A service's specification: the YAML itself, whose indentation is taken off, or `@stage/path/file.yaml`.

    force_inline: take it as YAML even if it starts with `@`. ValueError if it is neither.
    """
    text = textwrap.dedent(spec).rstrip()
    if text.startswith("@") and not force_inline:
        path = text.removeprefix("@")
        if not _STAGE_FILE.fullmatch(path):
            raise ValueError(f"{path} is not a valid stage file path; expected @stage/path/file.yaml")
        stage, _, file = path.partition("/")
        return ServiceSpecStageFile(stage=stage, spec_file=file)
    if not _is_specification(text):
        raise ValueError(f"{text} is not a valid service spec inline text; expected YAML with the key `spec`")
    return ServiceSpecInlineText(spec_text=text)


def _is_specification(text: str) -> bool:
    import yaml  # here, as few programs have services

    try:
        said = yaml.safe_load(text)
    except yaml.YAMLError:
        return False
    return isinstance(said, dict) and "spec" in said


class ServiceMethods(SchemaObject):
    """What a service writes, which answers hold as text."""

    @remote
    def create_or_alter(self, service: Service) -> Steps[None]:
        """Make the service as described: create it, or change what differs."""
        return rest.create_or_alter_service(*self.path, service)

    @remote
    def get_service_logs(self, instance_id: str, container_name: str, num_lines: int | None = None) -> Steps[str]:
        """The last lines that a container wrote.

        instance_id: the number of the instance, from 0. num_lines: how many lines; the server's default when left out.
        """
        logs = yield from rest.fetch_service_logs(
            *self.path, instance_id=int(instance_id), container_name=container_name, num_lines=num_lines
        )
        return logs.system_get_service_logs or ""

    @remote
    def _status(self, timeout: int = 0) -> Steps[list[dict[str, Any]]]:
        status = yield from rest.fetch_service_status(*self.path, timeout=timeout)
        return orjson.loads(status.system_get_service_status or "[]")

    create_or_alter_async = twin(create_or_alter)
    get_service_logs_async = twin(get_service_logs)
    get_service_status = deprecate_name("get_service_status", _status, instead="get_containers")
    get_service_status_async = deprecate_name("get_service_status_async", twin(_status), instead="get_containers_async")


class ServiceCreation(SchemaObjects["ServiceResource"]):
    """Ways to create one."""

    @remote
    def create(self, service: Service, *, mode: CreateMode = CreateMode.error_if_exists) -> Steps[ServiceResource]:
        """Create a service and start it.

        ConflictError if one of this name exists, unless `mode` is `if_not_exists`. Services can't be replaced:
        `or_replace` is a ValueError.
        """
        service = build_model(Service, service)
        create_mode = encode_mode(mode)
        if create_mode == "orReplace":
            raise ValueError("mode: a service can't be replaced; drop it first, or use create_or_alter")
        yield from rest.create_service(*self.path, service, create_mode=create_mode)
        return self[service.name]

    @remote
    def execute_job(self, job_service: JobService) -> Steps[ServiceResource]:
        """Run containers until they end, as a job."""
        job_service = build_model(JobService, job_service)
        yield from rest.execute_job_service(*self.path, job_service)
        return self[job_service.name]

    create_async = twin(create)
    execute_job_async = twin(execute_job)
