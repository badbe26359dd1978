"""The live page: tags, findings and phone pages of a roster while it is edited, on this machine alone."""
