"""The journal: what the server did, a line an event, each with an id that people can read out to an administrator.

It says what kind of thing happened and how it ended. It never holds passwords, tokens, file names, prose or figures of reports;
the text of an exception may hold any of them and is left out unless ``OGI_LOG_LEVEL=debug`` asks for it.
"""

from ogi.journal.event import current_id, new_id, tell, within
from ogi.journal.lines import start_journal

__all__ = ["current_id", "new_id", "start_journal", "tell", "within"]
