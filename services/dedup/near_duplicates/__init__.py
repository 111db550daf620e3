"""Find the original of a copied article."""
