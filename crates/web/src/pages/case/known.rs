//! What is known of a case in words, and what changed since it was last said.

use domain::case::facts::{Answer, Fact as CaseFact, Facts, UNKNOWN};
use domain::duty::Verdict;

use super::wording::{Fact, Wording};
use crate::text::Texts;

/// In a form, that none of several answers applies.
pub(crate) const NONE: &str = "none_of_these";

/// The family in the texts of a fact's answers.
pub(crate) fn fact_family(fact: CaseFact) -> String {
    format!("facts-{}", <&str>::from(fact))
}

/// The facts that changed, each with what is known now; all of them the first time.
pub(super) fn changed(wording: &Wording, before: Option<&Facts>, now: &Facts) -> Vec<Fact> {
    let nothing = Facts::default();
    let before = before.unwrap_or(&nothing);
    before.differing(now).map(|fact| known(wording, now, fact)).collect()
}

/// One fact with its answer.
pub(super) fn known(wording: &Wording, facts: &Facts, fact: CaseFact) -> Fact {
    let value = answer_in_words(wording.texts, facts, fact).into();
    Fact { name: wording.term("facts", fact), value }
}

/// The answer to a fact, each of several on a line of its own.
pub(crate) fn answer_in_words(texts: Texts, facts: &Facts, fact: CaseFact) -> String {
    let family = fact_family(fact);
    match facts.answer(fact) {
        None => texts.say("facts-unknown"),
        Some(Answer::Is(is)) => texts.term("yes_no_unknown", Verdict::known(*is)),
        Some(Answer::One(word)) => texts.term(&family, *word),
        Some(Answer::Several(words)) if words.is_empty() => texts.say("facts-none"),
        Some(Answer::Several(words)) => {
            let all = fact.shape().choices().iter().filter(|word| words.contains(*word));
            let all = all.map(|word| texts.term(&family, *word));
            let more = words.contains(UNKNOWN).then(|| texts.say("facts-unknown-more"));
            all.chain(more).collect::<Vec<_>>().join("\n")
        }
    }
}
