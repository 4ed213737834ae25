"""What the account is whoever asks: its state, the calls on it, the catalog, and what happens on opening."""
