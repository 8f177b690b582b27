"""Pictures of a ranking, each beside the same numbers in words.

`places`, `agencies`, `movement` and `diamond` each hold one kind of chart: a plain value that says itself
in words (`alt_text`) and draws itself (`draw`). Drawing loads matplotlib and takes a processor for part of
a second: `studio.Studio` has it done in a process of its own, which gives the memory back.
"""
