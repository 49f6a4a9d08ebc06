"""Who has an account, and the commands that change accounts."""

from __future__ import annotations

import streamlit as st

from ogi.labels import Labels
from ogi.store.act import now
from ogi.store.audit_list import Standing, standings
from pages.parts.person import moment
from pages.parts.store import look
from pages.parts.visitor import visitor

COLUMNS = ("name", "role", "limits", "way", "state", "browsers", "scripts", "last")
_COMMANDS = {
    "open": "account NAME --role reader|editor|administrator [--region 320000] [--organ oxxxxxxxxxx]",
    "sso": "account NAME@EXAMPLE.GOV.CN --role reader --no-password",
    "close": "account NAME --close",
    "token": "token NAME --title TITLE --days 90",
}


def show_accounts(labels: Labels) -> None:
    """Draw the accounts, to be looked at only."""
    if visitor().is_local:
        st.info(labels("audit.local"), icon=":material/computer:")
        return
    found = look(lambda c: standings(c, now()))
    if found:
        heads = [labels(f"audit.column.{name}") for name in COLUMNS]
        rows = [dict(zip(heads, _row(item, labels), strict=True)) for item in found]
        st.dataframe(rows, hide_index=True, width="stretch", key="account_table", height="content", alt=labels("audit.accounts"))
    else:
        st.info(labels("audit.no_accounts"), icon=":material/group_off:")
    st.caption(labels("audit.by_command"))
    commands = [f"# {labels(f'audit.command_{name}')}\npython -m ogi.store {text}" for name, text in _COMMANDS.items()]
    st.code("\n".join(commands), language="bash", wrap_lines=True)


def _row(item: Standing, labels: Labels) -> tuple[str | int, ...]:
    account = item.account
    limits = labels("list_separator").join((*account.regions, *account.organs))
    return (
        account.name,
        labels(f"access.role.{account.role}"),
        limits or labels("audit.everything"),
        labels("audit.password" if account.has_password else "audit.elsewhere"),
        labels("audit.open") if account.closed_at is None else labels("audit.closed", at=moment(account.closed_at)),
        item.browsers,
        item.scripts,
        moment(item.last) if item.last else "—",
    )
