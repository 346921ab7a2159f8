"""Rules for the sentences of a paragraph, in English, Japanese and both."""

import sys

import pytest

from tracker.text.segmenting import segment

# Each paragraph with a bar between its sentences (before the space, where there is one).
ENGLISH = [
    "The vote was held in Washington, D.C.| It failed.| See Sec. 4.2(b), para. 3.",
    "The U.S.-Japan group met.| The U.S. should lead.| He lives in the U.S.| She left.",
    "Mr. and Mrs. Ito met Dr. J. K. Sato et al. on Jan. 5, 2024.| Nothing came of it.",
    "He saw Ms. Lee, Gen. D. D. Hall and Prof. Dr. Weber.| All agreed.",
    "They lunched in Washington, D.C.| Mr. Lee paid.",
    "Members, e.g. schools, i.e. non-profits, etc. may join.| Bring pens, paper, etc.| All of it.",
    "It is not wrong per se.| But see Smith et al. (2019), cf. Art. 9.| It applies.",
    "Acme Inc. and Foo Corp. signed.| Acme Co., Ltd. is a party to Brown v. Board.| It won.",
    "See Figs. 3 and 4, Vol. 2, pp. 3–5, ch. 4, App. B, Nos. 7 and 8.| Recommendation No. 7 falls.",
    "It took approx. two years and cost $3.5 million vs. $2.1 million.| It grew by .5 percent.",
    "The term ends at 5 p.m.| Work resumes at 9 a.m. Monday.| It ends.",
    "“Is it?” asked the chair.| “It is!” she cried.| She said, “We go.”| Then they left.",
    "He clarified that “it is late. We go.”| All left.| “We agree. We sign.”| Done.",
    "He left (“No.”) and wept.| (The annex is new.)| [The chair left.]| See (cf. Art. 9) there.",
    "They paused ... and voted.| It was, in short, a failure…| Nothing changed.",
    "They waited...| In vain.",
    "He wrote “it is so. […] Today it is not.”| All agreed.",
    "“He paused… Then he left.”| She wrote “All (Some.) That is it.”| Done.",
    "What now?!| Act!| Really?| Yes.| The firm Yahoo! fell.",
    "Thus:  a) Members shall report.| b) Members pay.| It ends (see 9) soon.| So be it.",
    "Members shall: (a) report; (b) pay; and (c) respond.| They do.",
    "Version 3.1.4 is out.| Python 3.11 runs at 1.5 GHz.| See Section 4.2. of it.",
    "Visit example.com/a.b for it.| Read https://example.com/a.| Write to a.b@example.com.| Wait.",
    "**Bold.| Still bold.**| Next.",
    "**Short version:** *We own it.| You use it.*| _It is.| So._| Fine.",
    "See [Sec. 4. Other terms](#sec-4) or `a. B c`.| It is [so. Yes.](http://a.b/c)| End.",
    "It is so.[^1]| Next.[2]| “Last.”[3]| End.",
    'The “Terms” or the "Terms."| The members\' rights.| It\'s 6" wide.| That is all.',
    "iPhone sales fell.| eBay was sold.| P.S. The rest follows.",
    "This is Annex A.| It binds Martin King, Jr.| He agreed.",
]
JAPANESE = [
    "委員は「賛成です。」と述べた。|予算は3.5億円（前年比1.2％増。）となった。",
    "「これは受け入れられない。」|議長は「本当にそうか？」と尋ねた。|なぜか？|直ちに実施すべきだ！|以上。",
    "「検討する。」「賛成だ。」と二人は答えた。|「はい。」|「いいえ。」|会議は終わった。",
    "彼は言った。|「賛成だ。」|しかし、反対もある。",
    "大臣は「検討中だ。詳細は後日。」と述べた。|「検討中だ。詳細は後日。」|大臣はこう述べた。",
    "「賛成。」、「反対。」との声があった。|『白書。』の記述。|「違う。」という声。|終わり。",
    "会議は終わった。|（これは注である。）|次に、予算（案。）は可決された。",
    "モーニング娘。の事例。|モーニング娘。は歌手だ。|Yahoo！の株。|最高だ!!!|次だ。|なぜ？という声。",
    "……しかし、結論は出なかった。|まさか……。|なぜ！？|「……。」|沈黙が続いた。",
    "賛成（多数。）反対（少数。）であった。|以上。",
    "開いていない。」|次の文。」）|最後の文。",
    "「未閉の括弧。|次の文。|閉じすぎ）。|最後の（文。|終わり。",
    "値は３．５である。|１．５倍とした。|次の文．|最後の文．",
    "詳細は https://example.jp/a.html を参照。|第1.2節、2024.4.1施行。",
    "これは“引用。”である。|彼は「なぜ？」と聞き、私は「さあ。」と答えた。|沈黙。",
]
MIXED = [
    "AIとは何か。|What is AI?| It is e.g. a tool.| 以上。|本当ですか?|はい。",
    "政府はU.S. Steel社を支援する。|The U.S. agreed.| 「He said no. We left.」と書いた。|終。",
]


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("marked", [*ENGLISH, *JAPANESE, *MIXED])
def test_sentences_end_where_a_careful_reader_ends_them(marked: str, language: str) -> None:
    wanted = [sentence.strip() for sentence in marked.split("|")]
    assert [part.text for part in segment(marked.replace("|", ""), language=language)] == wanted


def test_a_number_alone_is_no_sentence() -> None:
    text = "All agreed.|(1) It is so.|2. It was.|IV. Scope and aim.|Q1. Why?|**2.** So it is."
    assert [part.text for part in segment(text.replace("|", " "))] == text.split("|")


def test_a_long_paragraph_is_split_like_its_sentences() -> None:
    sentence = "The U.S. group met in Washington, D.C. on Jan. 5 and “agreed. All did.” on No. 7."
    made = segment(" ".join([sentence] * 300))
    assert {part.text for part in made} == {sentence}
    assert len(made) == 300


def test_no_sentence_begins_with_a_combining_mark() -> None:
    assert [part.text for part in segment("値。\u3099次", language="ja")] == ["値。\u3099次"]


@pytest.mark.parametrize("text", ["One sentence.", "# A heading. Yes.\n- a", "終わった。次。"])
def test_text_that_cannot_be_cut_at_a_space_loads_no_library(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sentencex", None)
    assert segment(text)
