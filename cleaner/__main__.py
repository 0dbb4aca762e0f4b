"""`python -m cleaner`: the command line where no program of its name is on the path."""

from cleaner.cli import main

if __name__ == "__main__":  # worker processes import this, too
    main()
