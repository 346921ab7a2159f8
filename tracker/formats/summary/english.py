"""English: who is named as a speaker, and how speaking is told. Tables only."""

from __future__ import annotations

from tracker.exchange.record.words import Kind, Relation
from tracker.formats.summary.words import Verb

ONE = (
    "scholar|participant|member|colleague|speaker|delegate|representative|expert|"
    "panelist|panellist|chair|chairman|chairwoman|chairperson|moderator|discussant|"
    "analyst|official|leader|professor|ambassador|minister|attendee|commenter|"
    "commentator|observer|researcher|respondent|reviewer|voice|person|academic|"
    "diplomat|economist|lawyer|historian|author|editor|rapporteur|specialist|"
    "practitioner|politician|lawmaker|legislator|senator|journalist|student|teacher|"
    "counterpart|interlocutor|presenter|facilitator|convener|organizer|organiser|"
    "stakeholder|resident|councillor|trustee|director|president|secretary|treasurer|"
    "engineer|scientist|critic|mayor|governor|citizen|owner|manager|officer|farmer|worker|parent|"
    "neighbour|neighbor|doctor|lecturer|fellow|dean|founder|spokesperson|spokesman|spokeswoman|"
    "adviser|advisor|consultant|negotiator|envoy|commissioner|premier|activist|volunteer|man|woman|shopkeeper"
)
"""Nouns for a person who may speak; each has a plural in -s."""
PRESENT = (
    "scholar|participant|member|colleague|speaker|delegate|representative|expert|panelist|"
    "panellist|discussant|attendee|side|delegation"
)
"""Those of whom a side alone says enough: “Chinese officials” were hardly at the meeting."""
MANY = "people|men|women|side|sides|delegation|delegations|secretariat|committee|group|panel"
DETERMINERS = (
    "one of the|some of the|many of the|most of the|several of the|two of the|a number of"
    "|a majority of|the majority of|a couple of|a few of the|one|another|the same|the other|a|an"
    "|the|some|several|many|most|a few|few|two|three|four|five|both|other|others|all|various"
    "|certain|each|every|numerous|further|our|their|his|her|this|these"
)
ALONE = "some|others|several|many|most|one|another|all|both"
"""Words that stand for speakers without a noun."""
PRONOUNS = "he|she|they"
TITLES = (
    "Mr|Ms|Mrs|Mx|Dr|Prof|Professor|Ambassador|Amb|Minister|Senator|President|"
    "Chair|Chairman|Chairwoman|Chairperson|General|Gen|Admiral|Adm|Sir|Dame|Lord|"
    "Lady|Judge|Justice|Director|Secretary|Representative|Rep|Councillor|"
    "Commissioner|Governor|Delegate|Captain|Mayor|Father"
)
NEVER = (
    "which|who|whom|whose|what|that|of|by|from|to|for|with|than|if|whether|"
    "about|against|no|not|neither|nor|without|among|between|like"
)
"""Words before a speaker that say that he or she is no speaker here."""
NO_NAME = (
    "Article|Section|Chapter|Paragraph|Line|Figure|Table|Annex|Appendix|Part|Item|"
    "Report|Summary|Draft|Text|The|This|That|These|Those|It|There|Recommendation|"
    "Recommendations|Urgent|Policy|However|Still|Instead|Moreover|Finally|Also|But|"
    "And|In|On|At|For|As|When|While|Although"
)
"""Words that no name of a speaker begins with."""

VERBS = (
    Verb("noted, notes, note, emphasized, emphasised, emphasizes, emphasises, stressed, stresses"),
    Verb("argued, argues, argue, highlighted, highlights, clarified, clarifies, stress, mentioned"),
    Verb("acknowledged, acknowledges, explained, explains, pointed out, points out, point out"),
    Verb("voiced, voices, recalled, recalls, underlined, underlines, underscored, underscores"),
    Verb("stated, states, said, says, say, commented, comments, remarked, remarks", weak=True),
    Verb("added, adds, asserted, asserts, contended, contends, maintained, maintains", weak=True),
    Verb("claimed, claims, concluded, concludes, indicated, declared, wrote, writes", weak=True),
    Verb("believed, believes, believe, thought, thinks, think, felt, feels, feel", weak=True),
    Verb("held, holds, hoped, hopes, reported, reports, observed, observes", weak=True),
    Verb("told, tells, informed, informs, reminded, reminds, assured, assures", weak=True),
    Verb("shouted, exclaimed, joked, quipped, promised, promises", weak=True),
    Verb("went on to say, goes on to say, continued", weak=True),
    Verb(
        "reiterated, reiterates, repeated, repeats, warned, warns, insisted, insists",
        tells=True,
    ),
    Verb(
        "conceded, concedes, admitted, admits, cautioned, cautions, predicted, predicts",
        tells=True,
    ),
    Verb("agreed, agrees, agree, concurred, concurs", weak=True, tells=True),
    Verb(
        "agreed with, agrees with, concurred with",
        "support",
        "endorses",
        carries=True,
        refers=True,
    ),
    Verb(
        "expressed, expresses, shared, shares, described, describes, characterized",
        carries=True,
    ),
    Verb(
        "called it, called the, called this, referred to, drew attention to, pointed to",
        carries=True,
    ),
    Verb("used the term, used the word, used the phrase, used the expression", carries=True),
    Verb(
        "raised concerns, raised a concern, raised the concern, voiced concern, voiced concerns"
        ", expressed concern, expressed concerns",
        carries=True,
    ),
    Verb("suggested, suggests, suggest", "suggestion"),
    Verb(
        "proposed, proposes, propose, recommended, recommends, recommend, advised",
        "suggestion",
    ),
    Verb(
        "urged, urges, urge, called for, calls for, requested, requests",
        "suggestion",
        carries=True,
    ),
    Verb(
        "encouraged, encourages, appealed, pleaded for, pressed for",
        "suggestion",
        carries=True,
    ),
    Verb("asked, asks, ask, wondered, wonders, wonder, inquired, enquired", "question"),
    Verb("raised the question, raised a question, posed the question", "question", carries=True),
    Verb("questioned, questions, question", "objection", carries=True),
    Verb("countered, counters, rebutted, rebuts, retorted, retorts", "objection", "counters"),
    Verb(
        "disagreed, disagrees, disagree, took issue with, disputed, disputes, rejected, rejects"
        ", challenged, challenges, contradicted",
        "objection",
        "counters",
        carries=True,
        refers=True,
    ),
    Verb(
        "objected, objects, object, opposed, opposes, oppose, criticized, criticised, criticizes"
        ", spoke against, argued against, doubted, doubts",
        "objection",
        "counters",
        carries=True,
        refers=True,
    ),
    Verb(
        "cautioned against, cautions against, advised against, warned against, warns against",
        "objection",
        carries=True,
    ),
    Verb("replied, replies, responded, responds, answered, answers", None, "answers"),
    Verb("seconded, seconds, echoed, echoes", "support", "endorses", carries=True),
    Verb(
        "endorsed, endorses, endorse, supported, supports, support, welcomed this"
        ", welcomed the, backed, expressed support for, expressed agreement with"
        ", voiced support for, spoke in favor of"
        ", spoke in favour of",
        "support",
        "endorses",
        carries=True,
        refers=True,
    ),
    Verb(
        "built on, builds on, elaborated on, expanded on, followed up on, added to",
        None,
        "builds_on",
        carries=True,
        refers=True,
    ),
)

NOUNS = {
    verb.forms: verb
    for verb in (
        Verb("objection", "objection", "counters"),
        Verb("counterpoint", "objection", "counters"),
        Verb("rebuttal", "objection", "counters"),
        Verb("criticism", "objection"),
        Verb("reply", None, "answers"),
        Verb("response", None, "answers"),
        Verb("answer", None, "answers"),
        Verb("suggestion", "suggestion"),
        Verb("proposal", "suggestion"),
        Verb("question", "question"),
        Verb("warning"),
        Verb("comment"),
        Verb("remark"),
        Verb("observation"),
        Verb("reminder"),
    )
}
"""Nouns of speaking: “an objection from one member that …”."""

SAID = (
    "comment|comments|point|points|view|views|suggestion|suggestions|proposal|"
    "proposals|idea|ideas|remark|remarks|position|argument|arguments|recommendation|"
    "recommendations|statement|statements|concern|concerns|opinion|assessment|"
    "question|questions|observation|sentiment|sentiments|thought|thoughts|claim|"
    "claims|criticism|notion|speaker|speakers"
)
"""What one may build on, endorse or counter."""
LEADS: tuple[tuple[str, Relation], ...] = (
    (
        "building on|expanding on|following up on|adding to|elaborating on|picking up on",
        "builds_on",
    ),
    ("echoing|agreeing with|in agreement with|in support of|endorsing|seconding", "endorses"),
    ("in response to|responding to|in reply to|in answer to|replying to|answering", "answers"),
    (
        (
            "disagreeing with|in disagreement with|contrary to|in opposition to|rejecting|disputing"
            "|taking issue with|countering"
        ),
        "counters",
    ),
)
"""What a sentence may begin with that says how it replies, before something said."""
LEADS_ALONE: tuple[tuple[str, Relation], ...] = (
    ("in response|in reply|in answer", "answers"),
    ("in agreement", "endorses"),
)
FIRST = "initial|first|original|earliest"
CONNECTIVES = (
    "however|still|instead|moreover|furthermore|in addition|additionally|also|likewise|similarly"
    "|meanwhile|strongly|firmly|clearly|explicitly|finally|lastly"
    "|nevertheless|nonetheless"
    "|therefore|thus|on the other hand|by contrast|in contrast|in turn|then|next|though"
    "|further|and|but|while|whereas|as|when|that|how|to|yet|so"
)
"""Words around a speaker that are the summary's, and say nothing of what was said."""
MEANS = "by|through|without|instead of|rather than"
"""How a statement begins that goes on behind the speaker: “By asking “…”, he argued that …”."""
GOES_ON = "among them|among these|these include|they include|these are|they are|these were"
"""How a sentence begins that says what the one before it announced."""

CUES: tuple[tuple[Kind, str], ...] = (
    (
        "objection",
        (
            r"cannot|can['’]t|can not|should not|shouldn['’]t|must not|mustn['’]t|need not"
            r"|double-edged|easy to say|counterproductive|too (?:vague|weak|strong|narrow|broad)"
            r"|too long|go(?:es)? too far|makes? no sense|not acceptable|unacceptable|misleading"
        ),
    ),
    (
        "suggestion",
        (
            r"should|needs? to|ought to|necessary to|important to|might want to|helpful to"
            r"|better to|let us|let['’]s|room (?:to|for)|want to re\w+|we must|worth \w+ing"
            r"|could be (?:attributed|added|changed|replaced|deleted|clarified|strengthened)"
        ),
    ),
    ("support", r"(?:fully|strongly|very much) (?:agree|support)|in favou?r of"),
    ("question", r"[^?]*\?\W*\Z"),
)
"""Words from which a kind is told where the verb does not say it; the first that is found."""
CLAUSE = (
    r"(?:(?:the|this|these|that|such|its|their|our|his|her|any|no|all|most|many|some|both)\s+"
    r"(?:[\w’'-]+\s+){1,6}?|(?:it|there|they|we|he|she|you|i|this|that)\s+)"
    r"(?:(?:is|are|was|were|has|have|had|would|should|could|can|cannot|will|may|might|must|does"
    r"|did|do|goes|go|went|needs?|needed|wants?|wanted|seems?|seemed|looks?|looked|\w+ed)\b|\x01)"
)
"""How a clause begins that follows a verb without “that”: “said the line is too long”."""
PROPOSES = r"should|could|might|may|must|would|ought|be|adding|add|deleting|delete"
"""Words with which “suggested that” makes a suggestion; without, it is an observation."""
