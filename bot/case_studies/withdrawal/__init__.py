"""Published case studies that their owner withdraws, and the stub that stays of each."""
