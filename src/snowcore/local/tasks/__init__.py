"""Graphs of tasks: their shape, their runs, and what is remembered of those."""

from __future__ import annotations

from .context import AlertRunContext, TaskRunContext

__all__ = ["AlertRunContext", "TaskRunContext"]
