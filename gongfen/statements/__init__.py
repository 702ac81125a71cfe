"""Words and data of several rooms, put together for pages, paper and the API."""
