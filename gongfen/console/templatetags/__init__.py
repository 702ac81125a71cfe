"""What the desk's pages say that no single room says."""
