"""An answer made anew: the same words to the district, without a story that lost its consent since.

What was handed over stays as it was given; it is not written a second time.
"""

from dataclasses import replace
from datetime import datetime

from shakyo_desktop.domain.identifiers import new_id
from shakyo_desktop.domain.submission import Reply
from shakyo_desktop.services.deciding import after_the_last
from shakyo_desktop.storage.stores import Stores


def renewed(stores: Stores, reply: Reply, at: datetime) -> Reply:
    """Keep a new answer with the same result, receipt number and requests; it is the newest from now on."""
    name = stores.replies.files()[reply.answer_id][0]
    at = after_the_last(stores, reply.org, at)
    again = replace(reply, answer_id=new_id(at), created_at=at)
    stores.replies.add(again, file_name=name)
    return again
