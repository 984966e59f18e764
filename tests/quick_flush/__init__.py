"""``manage.py flush`` as tests need it: an application of the test settings alone."""
