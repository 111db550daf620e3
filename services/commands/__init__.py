"""The commands of `newsloom`, one a file."""
