"""From a finished tag to the press sheet: scheme, stations, marks, formes."""
