"""Many workspaces: each installs the app by a link, and its tokens are kept encrypted in the store."""
