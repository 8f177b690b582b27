"""users.*: who is there."""

from sandbox.refusals import RefusedError
from sandbox.shapes import user_json
from sandbox.state import Json
from sandbox.web_api.conversations import listed
from sandbox.web_api.method import Call, method, page


@method("users.info", "users:read", tier=4)
def info(call: Call) -> Json:
    person = call.workspace.people.get(call.text("user"))
    if person is None:
        raise RefusedError("user_not_found")
    return {"ok": True, "user": user_json(call.workspace, person)}


@method("users.list", "users:read", tier=2)
def list_users(call: Call) -> Json:
    """Only people of the workspace that installed the app."""
    own = [person for person in call.workspace.people.values() if not call.workspace.is_outside(person.id)]
    some, metadata = page(call, own, default=1000, most=1000)
    shown = [user_json(call.workspace, person) for person in some]
    return {"ok": True, "members": shown, "response_metadata": metadata}


@method("users.conversations", tier=2)
def conversations(call: Call) -> Json:
    user_id = call.text("user", call.workspace.bot_user_id)
    if user_id not in call.workspace.people:
        raise RefusedError("user_not_found")
    return listed(call, only_of=user_id)
