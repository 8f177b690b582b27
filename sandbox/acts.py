"""What a person does in Slack, each act told to the app as Slack tells it."""

from sandbox.channel_acts import ChannelActs
from sandbox.channel_life_acts import ChannelLifeActs
from sandbox.delivery import Delivery
from sandbox.form_acts import FormActs
from sandbox.step_acts import StepActs
from sandbox.workspace import Workspace


class Acts(ChannelActs, ChannelLifeActs, FormActs, StepActs):
    """The acts of the people in one workspace.

    Each act returns once the app has acknowledged it or the refusal is known. Acts that return `str | None`
    return the words the person is shown when Slack refuses, or the app does not answer; None when all went
    well. Of commands the same words are left as a message from Slackbot, of presses in `Message.trouble` or
    `View.trouble`.
    """

    def __init__(self, workspace: Workspace, delivery: Delivery) -> None:
        ChannelActs.__init__(self, workspace, delivery)
        ChannelLifeActs.__init__(self, workspace, delivery)
        FormActs.__init__(self, workspace, delivery)
        StepActs.__init__(self, workspace, delivery)
