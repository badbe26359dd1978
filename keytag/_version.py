"""The version, in a module of its own so that whoever needs it does not import the face."""

__version__ = "0.1.0"
