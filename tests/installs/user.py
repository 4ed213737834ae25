"""A program of a user's, for type checkers. Each must find no fault but in the line that has one."""

from typing import assert_type

from snowflake.connector.errors import Error

import snowcore.task
import snowflake.core.task
from snowflake.core import CreateMode, Root
from snowflake.core.cortex.inference_service import CompleteRequest
from snowflake.core.exceptions import NotFoundError
from snowflake.core.role._generated.models import Securable
from snowflake.core.task import Task
from snowflake.core.task._task import TaskResource
from snowflake.core.task.dagv1 import DAG


def run(root: Root, dag: DAG, request: CompleteRequest, role: Securable) -> str:
    tasks = root.databases["d"].schemas["s"].tasks
    task = tasks.create(Task("t", "select 1"), mode=CreateMode.or_replace)
    assert_type(task, TaskResource)
    assert_type(task, snowcore.task.TaskResource)
    assert_type(task.fetch(), snowcore.task.Task)
    assert_type(task.fetch(), snowflake.core.task.Task)
    try:
        task.execute()
    except NotFoundError as error:
        return str(error.status)
    except Error as error:
        return str(error)
    task.nothing()
    return task.fetch().name
