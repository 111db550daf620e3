"""The gazetteer: the operator's own entities, with their names and ids."""
