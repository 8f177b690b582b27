"""Case studies whose owner was erased, offered to those who wrote in them."""
