"""Serial numbers of tags: how one is written, checked, read back, and booked in a ledger."""
