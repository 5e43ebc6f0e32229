"""The least a Django site can do for one graded attempt: eight requests, four tables, graded in the submit itself.

`manage.py bench journey` runs it beside Postil under the same server and on the same database; what Postil costs is
told as a multiple of it. It is kept plain on purpose: whoever makes it quicker or slower moves the yardstick.
"""
