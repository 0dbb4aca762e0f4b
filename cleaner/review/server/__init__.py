"""The pages of a run with verdicts, from a server on this machine."""
