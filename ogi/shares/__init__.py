"""Sharing a view.

The link is made of a :mod:`token <ogi.shares.token>`; it opens a :mod:`grant <ogi.shares.grant>`; what it shows is
:mod:`content <ogi.shares.content>`, of today or :mod:`frozen <ogi.shares.frozen>`.
"""
