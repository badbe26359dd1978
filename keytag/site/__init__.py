"""Pages, cards and lists of hashes behind the code on a tag."""
