"""Files that go out and come back: workbooks in the layout of the official form, corrections, lists, populations.

Nothing here knows the records; functions take plain values and give bytes, or take bytes and give rows with what is wrong in
each.
"""
