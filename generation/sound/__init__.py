"""Music, ambience, loudness and the mix: arrays of float32 at 48 kHz, stereo is (samples, 2)."""
