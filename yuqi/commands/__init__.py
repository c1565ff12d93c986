"""One module a subcommand: parse, call one function, print."""
