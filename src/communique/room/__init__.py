"""The reading room: the record as pages, feeds and an API, for one reader or for a team.

`project` makes Django ready for one record, `serve` runs it. A view (`pages`) gathers plain data; `twins` gives it as
HTML, JSON, CSV or Atom at the same address. `asking` reads what an address asks for, `words` and `prose` say records in
words, `charts` draws them. `review`, `accounts` and `intake` are all that writes. `site` writes the room as files.

Only the command line imports this package, and nothing in it is imported before a room is opened.
"""
