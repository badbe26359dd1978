"""Films: one plate of a press sheet as a bitmap of ink and no ink, for a film recorder, a screen or a cliché.

`separate` says what each mark leaves on a plate, `scanline` which pixels it covers, `tiff` how they are kept, and
`write` puts them together band by band.
"""
