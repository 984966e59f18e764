"""Play-throughs and premieres over HTTP."""
