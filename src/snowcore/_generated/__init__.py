# Generated from specs by `make generate`. Do not edit.
