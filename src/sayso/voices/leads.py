"""The phrases that lead to a channel: "told the …", "in an interview with …", "wrote on …", "as quoted by …"."""

from __future__ import annotations

from typing import Literal

import regex

Lead = Literal["told", "asked", "spoke", "verb", "noun", "issued", "staff", "according", "through"]
"""What a phrase leads to: who was told it, who asked for it, whom the speaker spoke to; a medium that a verb leads to
("wrote for", "seen by") or a noun ("an article in"); a body that gave it out; somebody's employer; who hands on what
the speaker says ("according to"); who speaks for the speaker."""

BEFORE = 90
"""So many characters before a channel are looked at."""

_NO_ADJECTIVE = (
    r"(?!(?:before|after|in|on|at|that|he|she|it|they|reporters|viewers|just|of|for|to|with|and|by|from|as|who|about"
    r"|during)\b)"
)
# What a noun phrase may begin with: "the local", "his country's", "the German weekly", "the state-owned broadcaster,".
_OPENING = (
    r"(?:\p{Lu}\p{L}*['’]s\s+)?(?:(?i:the|a|an|this|that|his|her|their|its|our|my|same)\s+)*"
    r"(?:\p{Lu}\p{L}+(?:an|ese|ish|i|ch|ss|sh|ek|q)\s+)?"
    rf"(?:{_NO_ADJECTIVE}[\p{{Ll}}\p{{N}}-]+(?:['’]s)?,?\s+){{0,4}}(?:[Tt]he\s+)?[\"“‘']{{0,2}}$"
)
_TIME = (
    r"(?:\p{Ll}+ly\s+|(?:again|later|also|earlier|recently)\s+(?:\p{L}+day\s+)?"
    r"|(?:last\s|this\s|on\s)?\p{L}+day(?:\s(?:morning|afternoon|evening|night))?,?\s+)"
)

_MADE = (
    r"interviews?|conversation|sit-down|discussion|appearances?|statements?|e-?mails?|letter|remarks|comments|talks?|call|op-ed"
    r"|column|essay|article|piece|story|editorial|commentary|report|blog|blogpost|post|posting|tweet|thread|message|video|notes"
    r"|meeting|exchange|debate|speech|program|programme|segment|show|podcast|episode|edition|broadcast"
)
_SAID = (
    r"appearing|appeared|appears|said|says|saying|stated|stating|added|adding|admitted|complained|wrote|writes|writing|posted"
    r"|posting|tweeted|tweeting|claimed|claiming|disclosed|argued|arguing|called|suggested|confirmed|confirming|announced"
    r"|announcing|reiterated|acknowledged|acknowledging|shared|sharing|asked|published|aired|airing|revealed|explained|insisted"
)
_HANDED_ON = (
    r"seen|obtained|compiled|reviewed|contacted|reached|quoted|cited|interviewed|asked|published|released|aired|provided|reported"
    r"|posted|carried|broadcast|read|relayed|leaked|shared|live-?streamed|streamed|translated|monitored|recorded|tracked|verified"
    r"|analy[sz]ed|examined|inspected|uncovered|unearthed|(?:combed|sifted|pored|dug)\s(?:through|over|up)"
)
_TOLD = r"told|tells?|telling|reminding|reminded|informed|informs|assured|assures|assuring"
_TO = r"(?:to|with|on|in|for|by|from|through|via)"
_FEW_WORDS = r"(?:(?!\bin (?:reference|response|reaction|reply|addition|contrast) to\b)[^.;:“”\"]){0,45}?"
_PATTERNS: tuple[tuple[Lead, str], ...] = (
    ("told", rf"\b(?:{_TOLD})\s+"),
    ("asked", r"\b(?:asked|pressed|questioned|interviewed|grilled|challenged)\s+by\s+"),
    ("asked", r"\b(?:interviews?|conversation|sit-down|discussion|Q&A)\s+(?:\p{L}+day\s+)?(?:with|by)\s+"),
    ("spoke", r"\b(?:speaking|spoke|speaks|spoken|talking|talked|talks|chatting|chatted)\s"
              rf"(?:{_TIME}|exclusively\s)?(?:with|to|on)\s+"),
    ("spoke", rf"\bdiscuss(?:ed|es|ing)\b{_FEW_WORDS}\s(?:{_TIME})?(?:with|on)\s+"),
    ("issued", r"\b(?:statement|letter|video|release|e-?mail|memo|transcript|recording|audio|document)s?"
               rf"\s(?:\p{{L}}+\s)?(?:released|issued|put\sout|distributed|circulated|sent|published|posted)\s+{_TIME}?(?:by|through)\s+"),
    ("verb", rf"\b(?:{_SAID})\b{_FEW_WORDS}\b{_TO}\s+"),
    ("verb", rf"\b(?:{_HANDED_ON})\s+{_TIME}?(?:by|in|on|to|from|with|via)\s+"),
    ("verb", r"\b(?:editorials?|op-eds?|columns?)\s(?:published\s)?(?:in|for)\s+"),
    ("noun", rf"\b(?:{_MADE})\b{_FEW_WORDS}\b{_TO}\s+"),
    ("noun", r"(?:^|[.!?”\"\n,]\s*|\p{L}+day,\s)(?:on|in|via)\s+"),
    ("noun", r"\b(?:issue|edition|pages|front page|website|web site|column|editorial board|episode|broadcast)\sof\s+"),
    ("staff", r"\b(?:reporters?|correspondents?|journalists?|writers?|editors?|hosts?|anchors?)"
              r"\s(?:with|from|for|of)\s+"),
    ("according", r"\baccording\sto\s+"),
)  # fmt: skip
_HANDS_ON = (
    r"(?:spokes(?:man|woman|person|people)|lawyers?|attorneys?|solicitors?|barrister|publicist|representatives?|aides?|assistant"
    r"|(?:press\s)?office|advis[eo]rs?|press\ssecretary|agent|manager|intermediar(?:y|ies)|emissary)"
)
WROTE = regex.compile(r"\b(?:wrote|writes|reported|reports)\s$")
"""What may stand before who wrote for a medium: "wrote Amal Ode for the Courier"."""

THROUGH = regex.compile(
    rf"\b[Tt]hrough\s(?P<who>(?:an?|his|her|its|their|the)\s(?:[\p{{Ll}}-]+\s){{0,2}}{_HANDS_ON})\b"
)
"""Somebody who is described and hands on what others say: "through his lawyer"."""

_THROUGH_NAMED = regex.compile(rf"\b[Tt]hrough\s(?:[\p{{L}}’'-]+\s){{0,3}}{_HANDS_ON},?\s$")
_ANY = regex.compile(rf"(?i:\b(?:{_TOLD}|to|with|on|in|for|by|from|through|via|of)\s+){_OPENING}")
_LEADS = tuple((lead, regex.compile(f"(?i:{pattern}){_OPENING}")) for lead, pattern in _PATTERNS)
_AFTER_CUE = regex.compile(
    rf"\s*,?\s*(?:{_TIME}|in\s\p{{Lu}}\p{{L}}+\s|\p{{Lu}}\p{{Ll}}{{2,8}}\.?\s\d{{1,2}},?\s+)*(?:to|on|in|via|over|for|through)\s+{_OPENING}"
)
IN_POLL = regex.compile(r"\b[Ii]n\s(?:an?|the|this|its|last|\p{L}+['’]s)\s(?:\p{L}+\s){0,2}$")
"""What leads to a poll in which others say something."""

_IN_A = regex.compile(r"\b(?:in|during|on|at)\s(?:an?|the|his|her|their|that|this)\s(?:\p{Ll}+\s)?$", regex.IGNORECASE)
_INTERVIEW_BEHIND = regex.compile(
    r"\s(?:TV |\p{Ll}+ )?(?:interviews?|appearance|op-ed|column|editorial|debate|program|programme|segment|podcast"
    r"|forum|town hall|event|post|page|account|feed|video|article|report|story|poll|survey|documentary)\b"
)


def lead(before: str, behind_cue: str | None, following: str) -> Lead | None:
    """What leads to a name: `before` are the words before it, `behind_cue` those between the attribution's own cue and
    it, if it stands behind that, `following` those that follow it."""
    if _THROUGH_NAMED.search(before):
        return "through"
    for kind, pattern in _LEADS if _ANY.search(before) else ():
        if pattern.search(before):
            return kind
    if behind_cue is not None and _AFTER_CUE.fullmatch(behind_cue):
        return "verb"
    if _INTERVIEW_BEHIND.match(following) and _IN_A.search(before):
        return "noun"
    return None
