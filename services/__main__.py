"""`python -m services` is `newsloom`."""

from services.cli import main

main()
