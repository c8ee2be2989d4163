"""Charts as plain drawing, one family for the window and for paper; the standard library and the domain only.

``kinds`` says what a chart shows, ``layout`` where everything stands in abstract units, ``twin`` the same
values as a table and as words. A unit is a pixel of the window's design, on paper a 16th of body type.
What nobody reported is drawn as missing (hatched, a gap, 「データなし」) and never as zero.
"""
