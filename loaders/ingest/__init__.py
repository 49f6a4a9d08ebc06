"""Bulk reading: a folder, an archive or a list of files goes into the store, whatever some of the files are like.

One executor interface: processes of this machine, or a Dask cluster by its address. Workers read, check and prepare; the process
that drives them only stores, in batches. It may be killed at any moment and started again: nothing is there twice, nothing lost.
"""
