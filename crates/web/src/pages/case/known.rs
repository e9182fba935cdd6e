//! What is known of a case in words, in every version, and what changed from one to the next.

use domain::case::Event;
use domain::case::facts::{Answer, Fact as CaseFact, Facts, Part, UNKNOWN};
use domain::duty::Verdict;
use service::{CaseSight, Step};
use views::CaseFile;

use super::wording::{Fact, Section, Wording};
use crate::pages::steps::form_url;
use crate::text::Texts;
use crate::times::TimeElement;

/// In a form, that none of several answers applies.
pub(crate) const NONE: &str = "none_of_these";

/// What was found out about a case.
pub(super) struct ShownFacts {
    /// Which version it is.
    pub(super) version: u32,
    /// The parts in which facts are asked, with those that are known; empty ones left out.
    pub(super) parts: Vec<(String, Vec<Fact>)>,
    /// What nobody knows yet.
    pub(super) open: Vec<String>,
    /// Every version, the newest first.
    pub(super) versions: Vec<ShownVersion>,
    /// Where it is changed, for those who may.
    pub(super) path: Option<String>,
}

/// A version, with what was new in it.
pub(super) struct ShownVersion {
    /// Which, counted from 1.
    pub(super) number: u32,
    /// When it was recorded.
    pub(super) at: TimeElement,
    /// Who recorded it.
    pub(super) by: String,
    /// What changed.
    pub(super) changes: Vec<Fact>,
}

impl ShownFacts {
    /// What was found out; nothing where nobody has yet.
    pub(super) fn new(wording: &Wording, seen: &CaseSight) -> Option<Self> {
        let case = &seen.file.known;
        let established = case.established.as_ref()?;
        let facts = &established.facts;
        let mut parts: Vec<(Part, Vec<Fact>)> = Vec::new();
        for (fact, _) in facts.iter() {
            let told = known(wording, facts, fact);
            match parts.last_mut() {
                Some((part, of_part)) if *part == fact.part() => of_part.push(told),
                _ => parts.push((fact.part(), vec![told])),
            }
        }
        let in_words = |(part, facts)| (wording.term("facts_part", part), facts);
        let is_open = |fact: &CaseFact| fact.part() != Part::Duties && facts.is_open(*fact);
        let open = <CaseFact as strum::IntoEnumIterator>::iter().filter(is_open);
        let may =
            !seen.file.standing.phase().is_closed() && seen.steps.contains(&Step::EstablishFacts);
        Some(Self {
            version: established.version,
            parts: parts.into_iter().map(in_words).collect(),
            open: open.map(|fact| wording.term("facts", fact)).collect(),
            versions: versions(wording, &seen.file),
            path: form_url(case.report.number, Step::EstablishFacts).filter(|_| may),
        })
    }
}

/// Every version with what changed in it, the newest first.
fn versions(wording: &Wording, file: &CaseFile) -> Vec<ShownVersion> {
    let mut versions = Vec::new();
    let mut before = None;
    for entry in &file.timeline {
        if let Event::FactsEstablished { version, facts } = &entry.event {
            versions.push(ShownVersion {
                number: *version,
                at: wording.moment(entry.at),
                by: wording.by(entry.by),
                changes: changed(wording, before, facts),
            });
            before = Some(facts);
        }
    }
    versions.reverse();
    versions
}

/// What was found out, as a part of the case that can be compared with an earlier one.
pub(super) fn section(wording: &Wording, file: &CaseFile) -> Option<Section> {
    let facts = &file.known.established.as_ref()?.facts;
    let facts = facts.iter().map(|(fact, _)| known(wording, facts, fact)).collect();
    Some(Section { id: "facts", heading: wording.say("facts-heading"), facts })
}

/// The family in the texts of a fact's answers.
pub(crate) fn fact_family(fact: CaseFact) -> String {
    format!("facts-{}", <&str>::from(fact))
}

/// The facts that changed, each with what is known now and what was said before; all of them the
/// first time.
pub(super) fn changed(wording: &Wording, before: Option<&Facts>, now: &Facts) -> Vec<Fact> {
    let nothing = Facts::default();
    let is_first = before.is_none();
    let before = before.unwrap_or(&nothing);
    let told = |fact| {
        let name = wording.term("facts", fact);
        let answer = answer_in_words(wording.texts, now, fact);
        if is_first {
            return Fact { name, value: answer.into() };
        }
        let change = [("before", answer_in_words(wording.texts, before, fact)), ("now", answer)];
        Fact { name, value: wording.say_with("facts-change", &change).into() }
    };
    before.differing(now).map(told).collect()
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
