"""The days of the reforms of 2025, as they are written in a roster."""

REFORM = "2025-07-01"  # two levels of local government: no districts, merged provinces and communes, codes reused
LAST_DAY_BEFORE = "2025-06-30"
POLICE_REFORM = "2025-03-01"  # no district police from this day on
