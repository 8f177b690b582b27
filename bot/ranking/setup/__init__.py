"""Setting a ranking up: what is ranked, by whom, by which rules; kept as a draft until it is started."""
