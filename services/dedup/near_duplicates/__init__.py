"""Find the earlier article whose text a new article copies, exactly or nearly."""
