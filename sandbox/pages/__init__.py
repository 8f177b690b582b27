"""The sandbox's pages: a browser stand-in for Slack's client."""

from sandbox.pages.mounting import mount

__all__ = ["mount"]
