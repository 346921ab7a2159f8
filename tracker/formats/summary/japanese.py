"""Japanese: who is named as a speaker, and how speaking is told. Tables only."""

from __future__ import annotations

from tracker.exchange.record.words import Kind
from tracker.formats.summary.words import Verb

PEOPLE = (
    "氏|さん|委員長|委員|議長|座長|参加者|出席者|発言者|学者|研究者|専門家|有識者|代表|教授|大使"
    "|大臣|議員|局長|課長|会長|理事長|理事|事務局|メンバー|パネリスト|報告者|司会者|司会|側"
)
"""What the word for somebody who may speak ends in."""
PARTICLES = "からは|からも|から|より|は|が|も"
"""What follows a speaker."""
OPENERS = (
    "これに対し(?:て|ては)?|これに対する|それに対し(?:て)?|これを受け(?:て)?|この(?:意見|発言|提案|指摘|点|見解|主張)"
    "(?:に対し(?:て)?|については|に(?:は|も)?|を受けて|について)|一方(?:で)?|また|さらに|次に|続いて|続けて|他方"
    "|しかし(?:ながら)?|ただし|加えて|なお|最後に|まず|その後|そして|そこで"
)
"""What may stand before a speaker, with a comma or without."""
REPLIES = (
    "これに対|それに対|これを受け|この意見|この発言|この提案|この指摘|この見解|この点|この主張"
)
"""Openers that say that something before is replied to."""

VERBS = (
    Verb("述べ, 語っ, 話し, 発言し, 指摘し, 主張し, 強調し, 説明し, 報告し, 言及し, 紹介し"),
    Verb("指摘があっ, 指摘がなされ, 発言があっ, 意見があっ, 意見が出, 意見が示され, 見解を示し"),
    Verb("コメントし, 見方を示し, 認識を示し, 考えを示し, 言っ, とし"),
    Verb("警告し, 警鐘を鳴らし, 繰り返し, 認め, 念を押し", tells=True),
    Verb("提案し, 提言し, 提起し, 要望し, 求め, 促し, 呼びかけ, 提案があっ", "suggestion"),
    Verb("質問し, 尋ね, 問い, 問いかけ, 問うた, 質問があっ", "question"),
    Verb("反論し, 反駁し, 異議を唱え, 異論を唱え, 反論があっ", "objection", "counters"),
    Verb("反対し, 懸念を示し, 懸念を表明し, 疑問を呈し, 批判し, 反対意見を述べ", "objection"),
    Verb("賛同し, 賛成し, 同意し, 支持し, 同調し, 賛意を示し", "support", "endorses", refers=True),
    Verb("答え, 回答し, 応じ, 返答し, 応え", None, "answers"),
    Verb("補足し, 付け加え, 付言し", None, "builds_on"),
)
LINKS = (
    "(?<!こ)と|旨|(?<!こ)との|旨を|(?<!こ)として|(?<=こと)[にを]|(?<=こと)について|(?<=こと)には"
)
"""What stands between what was said and its verb; こと is a word of what was said."""
CUES: tuple[tuple[Kind, str], ...] = (
    (
        "objection",
        "べきではない|べきでない|できない|不適切|曖昧|あいまい|強すぎる|弱すぎる|賛成できない",
    ),
    ("suggestion", "べき|必要がある|ではどうか|してはどうか|望ましい|提案したい|してほしい"),
    ("question", "のか。?$|だろうか|でしょうか|ですか|[?？]$"),
    ("support", "賛成です|賛成だ|賛成する|支持する"),
)
TAKEN_UP = "同氏|同教授|同委員|同参加者|同議員|同代表|彼|彼女"
"""Words for a speaker who has spoken before."""
