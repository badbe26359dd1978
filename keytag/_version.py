"""The version and the address, in a module of their own so that whoever needs them does not import the face."""

__version__ = "0.1.0"
HOME = "https://github.com/keytag/keytag"
