"""Web pages for residents, shops and reviewers: server-rendered, no build, nothing from elsewhere."""
