"""Symbol and fill of every 実施状況, the same on the screen, in charts and on paper."""

from shakyo_desktop.charts.marks import NOT_REPORTED as NOT_REPORTED
from shakyo_desktop.charts.marks import Mark as Mark
from shakyo_desktop.charts.marks import all_marks as all_marks
from shakyo_desktop.charts.marks import all_states as all_states
from shakyo_desktop.charts.marks import state_mark as state_mark
