"""Reading → what a person looks at: the ledger in a terminal, the page in a browser."""
