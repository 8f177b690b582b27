"""The facilitator's menu and its forms."""
