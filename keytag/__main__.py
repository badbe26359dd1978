"""`python -m keytag` is `keytag`."""

from keytag.cli import main

main()
