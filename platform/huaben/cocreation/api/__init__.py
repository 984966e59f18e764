"""What is made together, over HTTP: ``writing`` for the rooms and their people; the text itself goes over the socket."""
