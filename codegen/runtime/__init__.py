"""What every generated module stands on. Generated packages have a copy, which offers all public names at once."""
