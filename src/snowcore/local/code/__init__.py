"""Code of users that is no SQL. It runs in processes of its own: `workers` starts, limits and ends them, `python` is
what such a process does, `javascript` and `cells` what it does for JavaScript and for notebooks, `values` carries
values to them and back, `functions` is what SQL calls.
"""
