"""Documents for people: the proof book to sign, the ticket for the factory, the labels for the boxes."""
