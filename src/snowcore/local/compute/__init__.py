"""Compute: the processes that stand for containers, when warehouses and compute pools run, and what that would cost."""
