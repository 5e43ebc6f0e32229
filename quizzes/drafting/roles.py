"""What one sentence of a passage does and no other: it makes a condition, turns, concedes, likens, concludes. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Role:
    """Something that one sentence does: what is asked, what the key has, and what no other sentence may have."""

    stem: str
    has: re.Pattern[str]
    may_not: re.Pattern[str]


def _role(does: str, has: str, may_not: str) -> Role:
    stem = f"Which sentence of this passage {does}?"
    return Role(stem, re.compile(has, re.IGNORECASE), re.compile(may_not, re.IGNORECASE))


_SPAN = r"(?:years?|months?|weeks?|days?|hours?|minutes?|decades?|centur(?:y|ies)|generations?)"
_COUNT = (
    r"(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|"
    r"several|many|a few|a couple of|a hundred|a thousand)"
)
_ROUGH = r"(?:about|roughly|nearly|almost|some|around|approximately)"

ROLES = (
    _role(
        "makes something depend on a condition",
        r"\b(?:if|unless|provided that|as long as|on condition|depends? (?:\w+ )?on)\b",
        r"\b(?:if|unless|provided|as long as|condition|depend\w*|whether|would|when)\b",
    ),
    _role(
        "turns against what has been said up to that point",
        r"^(?:However|But|Yet|Nevertheless|Nonetheless|Still,|On the other hand)\b|, however,",
        r"\b(?:however|but|yet|nevertheless|nonetheless|still|although|though|other hand|instead)\b",
    ),
    _role(
        "says outright what something is the cause of, or the reason for",
        r"\b(?:because|thanks to|due to|owing to|as a result of|the reason)\b",
        r"\b(?:because|thanks|due|owing|result\w*|reason\w*|so that|since|therefore|thus|why|cause\w*)\b",
    ),
    _role(
        "compares one thing with another",
        r"\b(?:compared with|(?<!more )(?<!less )(?<!fewer )(?<!rather )than|(?:twice|half) as|"
        r"as \w+ as an?|whereas|unlike)\b",
        r"\b(?:compar\w*|than|(?<!such )as|like|whereas|unlike|similar\w*|same|differ\w*|twice|half|more|less|fewer|"
        r"(?:the|its|their|our) (?:most|least|best|worst|[a-z]{3,}est)|while)\b",
    ),
    _role(
        "says for what purpose something is or was done",
        r"^To (?!be\b)[a-z]+ [^,]+, |\bin order to\b|\b(?:for|with) (?:the|this|that) (?:purpose|aim)\b",
        r"^To\b|\b(?:in order|so that|purpose\w*|aim\w*|goal\w*|intend\w*|intention|meant|hop\w+)\b|"
        r"\bto (?:find|see|test|show|save|keep|make|help|avoid|prevent|protect|get|learn|measure|prove|stop|give)\b",
    ),
    _role(
        "says what something leads to",
        r"\b(?:so that|therefore|as a result|consequently|"
        r"which (?:makes|made|means|meant|allows|allowed|leads|led))\b|, so (?!far\b)",
        r"\b(?:so|therefore|thus|hence|result\w*|consequen\w*|means?|meant|makes?|made|leads?|led|because|since|cause\w*|if|"
        r"when|then|allow\w*|enabl\w*|forc\w*|follow\w*|why|reason\w*)\b",
    ),
    _role(
        "sets two things against each other",
        r"\b(?:whereas|although|even though|by contrast)\b|, (?:while|but|yet) ",
        r"\b(?:but|however|yet|whereas|al?though|though|while|instead|rather|not|unlike|still|nevertheless|contrast|hand|"
        r"opposite|only|than|despite|differ\w*|compar\w*|against|cannot|never|nobody|no)\b",
    ),
    _role(
        "looks ahead to what is still to come",
        r"\b(?:(?:plan|intend|expect|hope)s? to|(?:is|are) (?:planned|expected|scheduled|due)|"
        r"will (?:\w+ )?by|next (?:year|month|week|spring|summer|autumn|winter))\b",
        r"\b(?:will|would|shall|going to|plan\w*|expect\w*|intend\w*|promis\w*|next|soon|future|hop\w+|may|might|"
        r"could|(?:is|are) (?:to|due)|forecast\w*|predict\w*|wants?|propos\w*|demand\w*)\b",
    ),
    _role(
        "gives an example of something",
        r"\b(?:for example|for instance|such as)\b",
        r"\b(?:such|like|including|example|instance|one of|say)\b",
    ),
    _role(
        "leaves it open whether something is so",
        r"^(?!(?s:.*)\b(?:so that|until|as if)\b)(?s:.*)"
        r"\b(?:may(?! not)|might|perhaps|probably|seems? to|appears? to|(?:not|un)\s?clear|"
        r"nobody (?:\w+ )?knows|uncertain)\b",
        r"\b(?:may|might|perhaps|probabl\w*|seem\w*|appear\w*|\w*clear|know\w*|\w*certain|possib\w*|likely|could|would|"
        r"suppos\w*|guess\w*|whether|think\w*|thought|believ\w*|assum\w*|suggest\w*|if|fear\w*|expect\w*|doubt\w*|"
        r"claim\w*|argu\w*|hop\w+)\b|\?",
    ),
    _role(
        "describes something by an image, likening it to something else",
        r"\b(?<!look )(?<!looks )(?<!feel )(?<!feels )(?<!sound )(?<!sounds )(?<!would )(?<!people )like an? [a-z]|"
        r"\bas (?:if|though)\b|\bas \w+ as an? [a-z]",
        r"\b(?:like|as (?:if|though)|as \w+ as|closer to|kind of|sort of|resembl\w*|"
        r"remind\w*|compar\w*|liken\w*|image)\b",
    ),
    _role(
        "says what ought to be done",
        r"\b(?:should|ought to)\b(?! (?:not |never )?have\b)",
        r"\b(?:should|ought|must|let|need\w*|ha(?:s|ve|d) to|would rather|propos\w*|demand\w*|want\w*|recommend\w*|"
        r"urg\w*|advis\w*|suggest\w*|better|plan\w*|called? (?:for|on))\b|!",
    ),
    _role(
        "tells of something that has become more or less",
        r"\b(?:(?:rose|risen|fell|fallen|grew|grown|dropped|climbed|shrank|shrunk|increased|decreased|declined) "
        r"(?:\w+ )?(?:by|to|from)|doubled|tripled|quadrupled|halved)\b",
        r"\b(?:r[io]s[ei]\w*|f[ae]ll\w*|gr[eo]w\w*|drop\w*|doubl\w*|tripl\w*|quadrupl\w*|halv\w*|declin\w*|increas\w*|"
        r"decreas\w*|shr[aiu]nk\w*|climb\w*|soar\w*|plung\w*|more|less|fewer|[a-z]+er than|reduc\w*|lengthen\w*|"
        r"short\w*|bec[oa]m\w*|turn\w*|los[est]\w*|gain\w*|record|gone|cut\w*)\b",
    ),
    _role(
        "says by what means something is done",
        r"\bby (?:\w+ly )?(?!(?:even|morn|spr|be|build|dur|noth|anyth|someth|everyth|k|str|w)ing\b)[a-z]{2,}ing\b",
        r"\bby [a-z]+ing\b|\b(?:us(?:e[sd]?|ing)|help\w*|through|means|method\w*|how|tools?|"
        r"techniques?|measur\w*|trick\w*)\b",
    ),
    _role(
        "brings in somebody who disagrees",
        r"\b(?:critics|opponents|sceptics|skeptics|detractors|not every(?:one|body)|"
        r"others (?:disagree|point|say|argue|doubt|object|believe|insist|reply|counter|warn)\w*)\b",
        r"\b(?:critic\w*|oppon\w*|oppos\w*|s[ck]eptic\w*|detract\w*|disagree\w*|object\w*|others|doubt\w*|den[iy]\w*|"
        r"reject\w*|disput\w*|against|protest\w*|accus\w*|attack\w*|complain\w*|warn\w*|refus\w*)\b",
    ),
    _role(
        "tells of somebody who grants the other side something",
        r"\b(?:conced(?:es?|ed)|acknowledge[sd]?|admits? that|admitted that|admitted as much|granted that|to be fair|"
        r"would be unfair)\b",
        r"\b(?:conced\w*|admit\w*|grant\w*|acknowledg\w*|\w*fair\w*|true|right|correct|agree\w*|of course|certainly|"
        r"indeed|al?though|though|while|sure|accept\w*)\b",
    ),
    _role(
        "gives something its name",
        r"\b(?:known as|(?<!to )call(?:s|ed)? (?:it|this|them|that|these|those)(?! (?:an?|not)\b)|"
        r"(?:is|are|was|were) called|nicknamed|dubbed)\b",
        r"\b(?:call\w*|name[sd]?|known|dub\w*|term\w*|nick\w*|label\w*|titles?|words?|so-called)\b|[“”\"‘]",
    ),
    _role(
        "sets one thing apart from all others of its kind",
        r"\bthe (?:(?:larg|bigg|high|old|long|small|low|strong|great|fast|rich|poor|cheap|deep|heavi|wid)est|"
        r"most [a-z]{5,}(?:ing|ant|ent|ous|ive|al|ic|able|ible|ful))\b",
        r"\b(?:first|last|only|most|least|best|worst|[a-z]{3,}est|unique|alone|never|every|all|than|no other)\b",
    ),
    _role(
        "draws a conclusion from what has been said",
        r"^(?:That is (?:\w+ )?why|This is why|In other words|In short|For (?:that|this) reason|Added together|"
        r"All in all|In sum|Hence|Thus|Therefore|As a result)\b",
        r"\b(?:so|thus|hence|therefore|in short|in other words|why|means?|meant|result\w*|conclu\w*|reason\w*|because|"
        r"follow\w*|then|after all|in the end)\b",
    ),
    _role(
        "tells of an exception",
        r"\b(?:except(?:ing)?(?: for| in| that)?|apart from|with the exception|exempt)\b",
        r"\b(?:except\w*|apart|other|exempt\w*|only|unless|but|without|alone|save|however|outside|exclud\w*|not)\b",
    ),
    _role(
        "says how long something lasts, or lasted",
        rf"\b(?:for|lasted|lasts?|takes?|took|spen[dt]s?|stayed) (?:more than |at least |{_ROUGH} |only |"
        rf"the (?:past|last) )?{_COUNT} (?:\w+ )?{_SPAN}\b",
        r"\b(?:year|month|week|day|hour|minute|decade|centur|generation|night|season|morning|evening|long|while|"
        r"summer|winter|spring|autumn|since|until|time|era|age)\w*",
    ),
    _role(
        "puts a sum of money on something",
        r"[£$€]\s?\d|\b\d[\d,.]*\s(?:million |billion )?(?:pounds|euros|dollars|cents|francs|pence)\b",
        r"[£$€]|\b(?:pounds?|euros?|dollars?|cents?|pence|cost\w*|pric\w*|pa(?:y|id)\w*|money|fund\w*|budget\w*|saving\w*|"
        r"wage\w*|salar\w*|cheap\w*|expens\w*|fees?|loans?|tolls?|[mb]illions?)\b",
    ),
    _role(
        "tells of what was once so and is so no longer",
        r"\b(?<!is )(?<!are )(?<!was )(?<!were )(?<!get )(?<!got )used to [a-z]+|\bno longer\b",
        r"\b(?:used to|no longer|any ?more|once|former\w*|earlier|then|now|today|before|until|stop\w*|clos\w*|end\w*|"
        r"lost|gave up|left)\b",
    ),
    _role(
        "says how often something happens",
        r"\b(?:every|each) (?:year|month|week|day|evening|morning|night|summer|winter|spring|autumn|hour)\b|"
        r"\b(?:once|twice|(?:three|four|five) times) (?:a|each|every)\b|"
        r"\b(?:days|evenings|times|nights|weeks) a (?:year|week|month|day)\b",
        r"\b(?:every|each|once|twice|times?|often|always|never|usually|sometimes|rarely|seldom|annual\w*|daily|weekly|"
        r"monthly|yearly|a (?:year|week|month|day)|whenever|regular\w*)\b",
    ),
    _role(
        "tells of somebody who turns something down or denies it",
        r"\b(?<!not )(?:refuse[sd]?|reject(?:s|ed)|denie[sd]|declined to|turned (?:it |them )?down|ruled out|"
        r"dismiss(?:es|ed))\b",
        r"\b(?:refus\w*|reject\w*|den[iy]\w*|declin\w*|turn\w*|rul\w* out|forb\w*|dismiss\w*|no|not|never|against|"
        r"oppos\w*|doubt\w*|but|\w+n[’']t)\b",
    ),
    _role(
        "says what somebody would like",
        r"\b(?:wants? (?:\w+ )?to|wanted (?:\w+ )?to|would (?:like|prefer|rather)|wishe[sd] to)\b",
        r"\b(?:want\w*|wish\w*|hop\w+|would (?:like|rather)|prefer\w*|demand\w*|ask\w*|plan\w*|intend\w*|aim\w*|"
        r"propos\w*|should|call\w* for|offer\w*|dream\w*)\b",
    ),
    _role(
        "puts one idea aside and another in its place",
        r"\bnot (?!only\b|just\b|merely\b)[^.;:]{3,60}\bbut\b",
        r"\b(?:not|but|rather|instead|never|no|nor|less|\w+n[’']t)\b",
    ),
    _role(
        "gives a number that is only a rough one",
        rf"\b(?:about|roughly|nearly|almost|around|approximately) "
        rf"(?:\d|{_COUNT} |an? (?:third|quarter|half|fifth|tenth|dozen) )",
        r"\b(?:about|roughly|nearly|almost|some|around|approximately|estimat\w*|more than|less than|over|"
        r"at (?:least|most)|up to|several|many|few|hundreds|thousands|dozens?)\b",
    ),
)  # fmt: skip


@lru_cache(maxsize=8_192)
def roles_of(text: str) -> tuple[Role, ...]:
    """What the sentence does: several terms may stand in it."""
    return tuple(role for role in ROLES if role.has.search(text))
