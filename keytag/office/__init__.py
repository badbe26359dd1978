"""The officer's spreadsheet: read by rules that guess no digit, told cell by cell, and written for a roster."""
