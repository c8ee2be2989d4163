"""BAD_PACKAGES: name → how its bytes are made → the code of the first rule it breaks.

Each is right in every layer above the one that was changed, so that the code is the rule's own.
"""

from tests.exchange.bad_answers import BAD_ANSWERS
from tests.exchange.bad_reports import BAD_REPORTS
from tests.exchange.bad_ward_reports import BAD_WARD_REPORTS
from tests.exchange.spoiling import Bad

BAD_PACKAGES: dict[str, Bad] = BAD_REPORTS | BAD_ANSWERS | BAD_WARD_REPORTS
