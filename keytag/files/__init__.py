"""Text with its places in, whole folders out."""
