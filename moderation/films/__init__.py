"""What a film is, read in one place: its container (``containers``) and its streams, length,
pictures, rate, orientation and colours (``probe``).

Examination, packaging, labelling and the meters all read films through here, so that they cannot
come to different lengths or choose different streams. Plain Python over PyAV.
"""
