"""The command line `tms`: reads arguments, calls the toolkit, writes results."""
