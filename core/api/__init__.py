"""The API for programs, `/api/v1`: the same services as the pages, bearer tokens."""
