"""What turns `specs/` into `generated/`: see `python -m codegen --help`."""
