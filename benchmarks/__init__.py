"""Speed and memory, each by one command."""
