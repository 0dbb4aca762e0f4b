"""`python -m cleaner.cli`: the command line where no program of its name is on the path."""

from cleaner.cli import main

main()
