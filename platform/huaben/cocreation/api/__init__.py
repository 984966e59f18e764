"""Proposals with credit, and writing rooms, over HTTP. The shared text goes over the WebSocket."""
