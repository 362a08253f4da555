"""The commands, one file each; what heavy they need is loaded inside functions, so that `--help` is quick."""
