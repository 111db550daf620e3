"""Place names and their disambiguation."""
