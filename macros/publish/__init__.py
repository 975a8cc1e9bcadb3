"""The files for machines: open data, feeds, calendar, ledger, cards. Pure functions from the register to bytes."""
