"""Activities: from an announced activity to points that everybody can check."""
