"""Pictures of what is in a ledger, one file a picture; `drawn` makes of a chart what is looked at.

Each gives an Altair chart, which notebooks show and programs change; it needs the extra `pictures`.
"""
