"""The door for clients: parse, call one act or query, shape the answer. OpenAPI at /api/v1/openapi.json."""
