"""`python -m keytag` is `keytag`."""

from keytag.cli import run

run()
