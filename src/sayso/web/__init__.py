"""The reading room: a report, or a ledger of reports, in the browser. Needs the extra `web`."""
