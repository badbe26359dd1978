"""The facts of one country: its numbers, units and links."""
