"""Output, rendering and time parsing for the commands."""
