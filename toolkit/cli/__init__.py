"""The command line `tms`: it reads arguments and writes results; what is done is done elsewhere."""
