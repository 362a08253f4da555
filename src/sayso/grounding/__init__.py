"""Who and what is talked about, when, where, how many, and by what name: each found in the text of a reading."""
