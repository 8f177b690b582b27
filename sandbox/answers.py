"""What the app answers outside the Web API: replies to commands, response URLs and acknowledged forms."""

from sandbox.posting import checked_blocks, edit, erase, post
from sandbox.refusals import RefusedError
from sandbox.state import Channel, Json, Message, View
from sandbox.tickets import ResponseUrl
from sandbox.views import close_all, close_top, push_onto, update_view
from sandbox.workspace import Workspace

CONNECTION_TROUBLE = "We had some trouble connecting. Try again?"


def reply_to_command(workspace: Workspace, user_id: str, channel: Channel, line: str, answer: Json) -> None:
    """Show the body of a command's acknowledgement: to that person only unless it says `in_channel`."""
    if not answer.get("text") and not answer.get("blocks"):
        return
    is_public = answer.get("response_type") == "in_channel"
    if is_public:
        workspace.add_message(Message(channel.id, workspace.new_ts(), user_id, line))
    text, blocks = str(answer.get("text") or ""), answer.get("blocks")
    post(workspace, channel, text, blocks, ephemeral_to=None if is_public else user_id)


def use_response_url(workspace: Workspace, token: str, answer: Json) -> None:
    """Do what a request to a response URL asks. Raises ResponseUrlRefusedError or RefusedError."""
    url = workspace.response_urls.check(token)
    source = workspace.message(url.channel_id, url.source_ts) if url.source_ts else None
    is_own = source is not None and source.bot_id == workspace.bot_id
    text, blocks = str(answer.get("text") or ""), answer.get("blocks")
    if answer.get("delete_original"):
        if source is None or not is_own:
            raise RefusedError("message_not_found")
        erase(workspace, source)
    elif answer.get("replace_original") and source is not None and is_own:
        edit(workspace, source, text, blocks)
    else:
        _post_answer(workspace, url, answer, text, blocks)
    url.uses += 1


def _post_answer(workspace: Workspace, url: ResponseUrl, answer: Json, text: str, blocks: object) -> None:
    checked_blocks(workspace, text, blocks)
    ephemeral_to = None if answer.get("response_type") == "in_channel" else url.user_id
    channel = workspace.channels[url.channel_id]
    post(workspace, channel, text, blocks, thread_ts=answer.get("thread_ts"), ephemeral_to=ephemeral_to)


def answer_submission(workspace: Workspace, view: View, answer: Json) -> dict[str, str]:
    """Do what the acknowledgement of a form asks; return the errors as `Acts.submit` gives them."""
    action = answer.get("response_action")
    try:
        match action:
            case None:
                close_top(workspace, view)
            case "clear":
                close_all(workspace, view)
            case "update":
                update_view(workspace, view, answer["view"])
            case "push":
                push_onto(workspace, view, answer["view"])
            case "errors":
                return show_errors(workspace, view, answer["errors"])
            case _:
                return show_trouble(workspace, view)
    except (RefusedError, KeyError):
        return show_trouble(workspace, view)
    return {}


def show_errors(workspace: Workspace, view: View, errors: dict[str, str]) -> dict[str, str]:
    """Put errors beside the input blocks they name; Slack draws none elsewhere."""
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    drawn = {block_id: str(words) for block_id, words in errors.items() if block_id in inputs}
    if not drawn:
        return show_trouble(workspace, view)
    view.errors = drawn
    view.trouble = None
    workspace.view_changed(view)
    return drawn


def show_trouble(workspace: Workspace, view: View) -> dict[str, str]:
    view.errors = {}
    view.trouble = CONNECTION_TROUBLE
    workspace.view_changed(view)
    return {"": CONNECTION_TROUBLE}
