"""One module for each benchmark: `HELP`, `add_arguments(parser)` and `run(options, say) -> Report`."""
