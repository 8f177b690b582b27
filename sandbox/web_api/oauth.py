"""oauth.v2.*, auth.revoke and apps.uninstall: tokens given, refreshed and taken back."""

from sandbox.grants import ORGANISATION_ID, ORGANISATION_NAME, Grant
from sandbox.refusals import RefusedError
from sandbox.state import Json
from sandbox.web_api.method import Call, method


def _know_app(call: Call) -> None:
    grants = call.workspace.grants
    if call.text("client_id") != grants.client_id:
        raise RefusedError("invalid_client_id")
    if call.text("client_secret") != grants.client_secret:
        raise RefusedError("bad_client_secret")


def _tokens(call: Call, grant: Grant) -> Json:
    tokens: Json = {"access_token": grant.token, "token_type": "bot", "scope": ",".join(sorted(grant.scopes))}
    if grant.refresh_token and grant.expires_at is not None:
        tokens |= {
            "refresh_token": grant.refresh_token,
            "expires_in": round(grant.expires_at - call.workspace.clock()),
        }
    return tokens


@method("oauth.v2.access", token="none")
def access(call: Call) -> Json:
    _know_app(call)
    workspace = call.workspace
    if call.text("grant_type") == "refresh_token":
        grant = workspace.grants.refresh(call.required("refresh_token"))
    else:
        if call.text("redirect_uri") not in ("", workspace.grants.redirect_url):
            raise RefusedError("bad_redirect_uri")
        grant = workspace.grants.redeem(call.required("code"), call.text("code_verifier"))
    team = None if grant.is_for_organisation else workspace.teams[grant.place_id]
    return {
        "ok": True,
        **_tokens(call, grant),
        "bot_user_id": workspace.seat(grant.place_id).bot_user_id,
        "app_id": workspace.app_id,
        "team": {"id": team.id, "name": team.name} if team else None,
        "enterprise": None if team else {"id": ORGANISATION_ID, "name": ORGANISATION_NAME},
        "is_enterprise_install": grant.is_for_organisation,
        "authed_user": {"id": grant.user_id},
    }


@method("oauth.v2.exchange", token="none")
def exchange(call: Call) -> Json:
    """A token that lasts for one that expires."""
    _know_app(call)
    grants = call.workspace.grants
    old = grants.of_token(call.required("token"))
    if grants.lifetime is None:
        raise RefusedError("token_rotation_not_enabled")
    if old.expires_at is not None:
        raise RefusedError("token_already_exchanged")
    old.is_revoked = True
    return {"ok": True, **_tokens(call, grants.issue(old.place_id, old.user_id, old.scopes))}


@method("auth.revoke", tier=3)
def revoke(call: Call) -> Json:
    if not call.flag("test"):
        call.workspace.grants.revoke(call.place_id)
    return {"ok": True, "revoked": not call.flag("test")}


@method("apps.uninstall", tier=1)
def uninstall(call: Call) -> Json:
    _know_app(call)
    call.workspace.grants.uninstall(call.place_id)
    return {"ok": True}
