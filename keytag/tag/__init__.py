"""One unit set in one template: the artwork."""
