"""The hand-out: what comes back written down, and whether it adds up. Values only; papers are `documents`'."""
