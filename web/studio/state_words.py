"""The words of states, as they are kept and shown: marked here, and said where a page shows one. Pure."""

from __future__ import annotations

from language import marked

VERDICTS = (
    marked("right"),
    marked("partly right"),
    marked("not right"),
    marked("not answered"),
    marked("waits for a person"),
    marked("being graded"),
)
CONCEPTS = (marked("suggested"), marked("accepted"), marked("rejected"), marked("merged"))
MASTERY = (marked("not enough evidence"), marked("shaky"), marked("growing"), marked("firm"))
PARTS = (
    marked("owner"),
    marked("editor"),
    marked("grader"),
    marked("assistant"),
    marked("learner"),
    marked("observer"),
)
MODES = (marked("practice"), marked("check"), marked("exam"))
RUNS = (
    marked("planning"),
    marked("planned"),
    marked("applying"),
    marked("applied"),
    marked("undoing"),
    marked("undone"),
    marked("discarded"),
)
ENDPOINTS = (marked("active"), marked("failing"), marked("paused"), marked("disabled"))
DELIVERIES = (marked("on its way"), marked("delivered"), marked("not delivered"))
LINES = (marked("changed"), marked("new"), marked("gone"))
"""What became of a line of a text that came in changed; of those that were kept there is a number."""
DEEDS = (
    marked("accepted a concept"),
    marked("accepted an appeal"),
    marked("accommodated"),
    marked("added a pool"),
    marked("added questions"),
    marked("allowed its text to be sent to a model"),
    marked("applied a list"),
    marked("applied a regrade"),
    marked("archived"),
    marked("asked a model for questions"),
    marked("asked for two people to review"),
    marked("brought a cohort back"),
    marked("changed a part"),
    marked("changed an endpoint"),
    marked("changed points"),
    marked("changed settings"),
    marked("changed what a certificate takes"),
    marked("changed where an article comes from"),
    marked("declined an appeal"),
    marked("defined a concept"),
    marked("deleted"),
    marked("deleted an endpoint"),
    marked("ended a part"),
    marked("enrolled"),
    marked("erased a learner"),
    marked("erased past answers"),
    marked("extended"),
    marked("forbade its text to be sent to a model"),
    marked("gave a part back"),
    marked("handed the course over"),
    marked("invited again"),
    marked("let one person review"),
    marked("made a code"),
    marked("made a cohort"),
    marked("made a quiz"),
    marked("made an endpoint"),
    marked("marked a concept in the text"),
    marked("merged a concept"),
    marked("paused an endpoint"),
    marked("picked a concept"),
    marked("published"),
    marked("put a cohort away"),
    marked("put in another order"),
    marked("rejected a concept"),
    marked("renamed a cohort"),
    marked("renamed a concept"),
    marked("restored"),
    marked("resumed an endpoint"),
    marked("rotated a secret"),
    marked("set a grade"),
    marked("set how long answers are kept"),
    marked("suggested a concept"),
    marked("took a grade back"),
    marked("took an enrolment back"),
    marked("took an extension back"),
    marked("took back"),
    marked("took something out"),
    marked("undid a list"),
    marked("undid a regrade"),
    marked("withdrew a code"),
)
"""What entries of the audit log say was done."""
