# Generated from specs/service.yaml by `make generate`. Do not edit.
"""Services run containers on a compute pool, for as long as they exist or, as job services, until the containers end.
See https://docs.snowflake.com/en/developer-guide/snowpark-container-services/working-with-services.
"""

from __future__ import annotations

from collections.abc import Iterator

from snowcore._by_hand.service import ServiceCreation, ServiceMethods, ServiceSpec, ServiceSpecification
from snowcore._client import Listing
from snowcore._collections import (
    Listed,
)
from snowcore._handles import (
    Dropped,
    Fetched,
)
from snowcore._methods import deprecate_name, remote, twin
from snowflake_rest import service as rest
from snowflake_rest.runtime import Steps
from snowflake_rest.service import (
    GrantOf,
    JobService,
    Service,
    ServiceContainer,
    ServiceEndpoint,
    ServiceInstance,
    ServiceRole,
    ServiceRoleGrantTo,
    ServiceSpecInlineText,
    ServiceSpecStageFile,
)

__all__ = [
    "GrantOf",
    "JobService",
    "Service",
    "ServiceCollection",
    "ServiceContainer",
    "ServiceEndpoint",
    "ServiceInstance",
    "ServiceResource",
    "ServiceRole",
    "ServiceRoleGrantTo",
    "ServiceSpec",
    "ServiceSpecInlineText",
    "ServiceSpecStageFile",
    "ServiceSpecification",
]


class ServiceResource(ServiceMethods, Fetched[Service], Dropped):
    """A service."""

    _rest = rest.RESOURCE

    @remote
    def get_containers(self) -> Steps[Iterator[ServiceContainer]]:
        """The containers of the service, over all its instances.

        See https://docs.snowflake.com/en/sql-reference/sql/show-service-containers-in-service.
        """
        return Listing(rest.list_service_containers(*self.path))

    get_containers_async = twin(get_containers)

    @remote
    def get_instances(self) -> Steps[Iterator[ServiceInstance]]:
        """The instances of the service.

        See https://docs.snowflake.com/en/sql-reference/sql/show-service-instances-in-service.
        """
        return Listing(rest.list_service_instances(*self.path))

    get_instances_async = twin(get_instances)

    @remote
    def get_roles(self) -> Steps[Iterator[ServiceRole]]:
        """The service roles, which give access to endpoints of the service."""
        return Listing(rest.list_service_roles(*self.path))

    get_roles_async = twin(get_roles)

    @remote
    def iter_grants_of_service_role(self, role_name: str) -> Steps[Iterator[GrantOf]]:
        """Whom the service role is granted to.

        Args:
            role_name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken
                as written.
        """
        return Listing(rest.list_service_role_grants_of(*self.path, role_name))

    iter_grants_of_service_role_async = twin(iter_grants_of_service_role)

    @remote
    def iter_grants_to_service_role(self, role_name: str) -> Steps[Iterator[ServiceRoleGrantTo]]:
        """The privileges that the service role has.

        Args:
            role_name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken
                as written.
        """
        return Listing(rest.list_service_role_grants_to(*self.path, role_name))

    iter_grants_to_service_role_async = twin(iter_grants_to_service_role)

    @remote
    def resume(self, if_exists: bool | None = None) -> Steps[None]:
        """Resume the service.

        See https://docs.snowflake.com/en/sql-reference/sql/alter-service.

        Args:
            if_exists: Succeed without doing anything when the object does not exist. The server's default is
                `false`.
        """
        return rest.resume_service(*self.path, if_exists=if_exists)

    resume_async = twin(resume)

    @remote
    def suspend(self, if_exists: bool | None = None) -> Steps[None]:
        """Suspend the service, which stops its containers.

        See https://docs.snowflake.com/en/sql-reference/sql/alter-service.

        Args:
            if_exists: Succeed without doing anything when the object does not exist. The server's default is
                `false`.
        """
        return rest.suspend_service(*self.path, if_exists=if_exists)

    suspend_async = twin(suspend)

    @remote
    def get_endpoints(self) -> Steps[Iterator[ServiceEndpoint]]:
        """The endpoints of the service.

        See https://docs.snowflake.com/en/sql-reference/sql/show-endpoints.
        """
        return Listing(rest.show_service_endpoints(*self.path))

    get_endpoints_async = twin(get_endpoints)
    delete = deprecate_name("delete", Dropped.drop)


class ServiceCollection(ServiceCreation, Listed[ServiceResource, Service]):
    """The services of the schema."""

    _handle = ServiceResource
