"""Reading a finished job back with other eyes than wrote it, and holding it against the roster.

What is compared with what, and what is not, stands in docs/verification.md.
"""
