"""The contacts of one job, read once, with the place of every value."""
