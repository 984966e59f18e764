"""What is made together, over HTTP: proposals with credit, and writing rooms. The shared text goes
over the socket.
"""
