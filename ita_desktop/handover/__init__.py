"""What leaves the office and comes together at the district: documents joined with packages.

The room above ``documents`` and ``exchange``, which don't know each other.
"""
