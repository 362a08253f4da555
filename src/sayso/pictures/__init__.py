"""What people would rather look at than read, drawn: one file a picture, each from an answer of the ledger."""
