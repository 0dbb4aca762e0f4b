"""Lines repeated across the pages of a site: counted in one pass, looked up in the next.

Counts are sums: neither the order of pages nor the parts they were counted in make a difference.
"""
