"""Who is speaking: the sources of a document → its voices; `voiced` is the way in.

Nothing is loaded here: a ledger needs the words of `lexicon`, and no more.
"""
