# Generated from specs/result.yaml by `make generate`. Do not edit.
"""Results of operations that were still running when they were answered, and further pages of large answers. See
https://docs.snowflake.com/en/developer-guide/snowflake-rest-api/snowflake-rest-api.
"""

from __future__ import annotations

from typing import Any

from .runtime import ANY, Integer, Operation, argument, segment

_PAGE = Integer(minimum=0)


def fetch_result(result_handler: str, *, page: int | None = None) -> Operation[Any]:
    """Fetch the result of an operation.

    While the operation is still running, the answer is 202 again. Otherwise it is what the operation itself answers.

    Args:
        result_handler: The handle of the result, from `resultHandler`, `Location` or `Link` of an answer.
        page: The page to fetch; the first is 0. The server's default is `0`.
    """
    return Operation(
        id="fetchResult",
        method="GET",
        path=f"/api/v2/results/{segment('result_handler', result_handler)}",
        query={"page": argument("page", _PAGE, page)},
        answer=ANY,
    )
