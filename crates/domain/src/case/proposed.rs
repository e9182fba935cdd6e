//! What is proposed to whoever finds out the facts of a case: what its report says by itself, what
//! the answers to its category's questions tell, and what those confirm who got something by
//! mistake. None of it is known until somebody says so.

use std::collections::{BTreeMap, BTreeSet};

use super::confirmation::{Confirmation, Disposal};
use super::facts::{Answer, Fact, Facts, Given};
use super::inquiry::Inquiry;
use super::report::Report;
use crate::category::answers::given;
use crate::category::{Category, Condition, QuestionName, Reported};
use crate::condition::ReportField;

/// Facts with the places in the report they were taken from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proposed {
    /// The facts.
    pub facts: Facts,
    /// Where each was taken from.
    pub sources: BTreeMap<Fact, BTreeSet<Source>>,
}

/// Where a fact was taken from: a place in the report, or another who told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// Whether personal data is affected.
    PersonalData,
    /// In which ways.
    Breach,
    /// How many people.
    People,
    /// What is affected that is more serious than other data.
    Sensitive,
    /// How it became known.
    Channel,
    /// The answer to one of the category's own questions.
    Answer(QuestionName),
    /// The category itself.
    Category,
    /// What those confirm who got something by mistake.
    Confirmation,
}

impl Proposed {
    /// What a report proposes, read with the category it answered. The fields that every report
    /// has come first, then what stands first in the category; of several answers all count.
    #[must_use]
    pub fn by(report: &Report, category: Option<&Category>) -> Self {
        let mut proposed = Self { facts: Facts::reported(report), ..Self::default() };
        let known: Vec<Fact> = proposed.facts.iter().map(|(fact, _)| fact).collect();
        for fact in known {
            proposed.note(fact, field(fact));
        }
        let Some(category) = category else { return proposed };
        let answers = given(&report.answers);
        let reported = Reported { answers: &answers, stated: report.stated() };
        for tells in category.told(reported) {
            let Some(answer) = tells.told() else { continue };
            if proposed.take_in(tells.fact, answer) {
                proposed.note(tells.fact, sources(&tells.when));
            }
        }
        proposed
    }

    /// What those confirm who got something by mistake, out of everybody who was asked anything in
    /// the case. That it is gone takes the word of all who were to confirm it. Whoever kept it, was
    /// asked again and then answered otherwise has not kept it.
    #[must_use]
    pub fn confirmed<'a>(inquiries: impl IntoIterator<Item = &'a Inquiry>) -> Self {
        let asked: Vec<&Inquiry> = inquiries
            .into_iter()
            .filter(|it| it.withdrawn.is_none() && it.confirming.is_some())
            .collect();
        let given: Vec<&Confirmation> =
            asked.iter().filter_map(|it| it.confirmed()).map(|(_, given)| given).collect();
        let mut proposed = Self::default();
        if given.is_empty() {
            return proposed;
        }
        let have_all = given.len() == asked.len();
        let any = |is: fn(&Confirmation) -> bool| given.iter().any(|it| is(it));
        let last = asked.iter().filter(|it| !asked.iter().any(|other| other.supersedes(it)));
        let disposals: Vec<Disposal> =
            last.filter_map(|it| it.confirmed()).map(|(_, given)| given.disposal).collect();
        let is_kept = disposals.contains(&Disposal::Kept);
        let deletion = if is_kept { Some("not_deleted") } else { have_all.then_some("confirmed") };
        let is_back = disposals.iter().all(|it| *it == Disposal::Returned);
        let disclosure = match (any(|it| it.opened || it.passed_on), have_all) {
            (true, _) => Some("seen"),
            (false, true) => Some(if is_back { "excluded" } else { "no_sign" }),
            (false, false) => None,
        };
        let spread = match (any(|it| it.passed_on), have_all) {
            (true, _) => Some(true),
            (false, all) => all.then_some(false),
        };
        let word = |word: &str| Given::Word(word.to_owned());
        for (fact, told) in [
            (Fact::Deletion, deletion.map(word)),
            (Fact::Disclosure, disclosure.map(word)),
            (Fact::Spread, spread.map(Given::Is)),
        ] {
            let answer = told.and_then(|told| Answer::read(fact, told).ok().flatten());
            if let Some(answer) = answer {
                proposed.facts = proposed.facts.answered(fact, Some(answer));
                proposed.note(fact, [Source::Confirmation]);
            }
        }
        proposed
    }

    /// These, and where they are silent, others.
    #[must_use]
    pub fn or(mut self, others: &Self) -> Self {
        for (fact, answer) in others.facts.iter() {
            if self.facts.answer(fact).is_none() {
                self.facts = self.facts.answered(fact, Some(answer.clone()));
                self.note(fact, others.sources.get(&fact).into_iter().flatten().cloned());
            }
        }
        self
    }

    /// Whether something is taken over from it.
    fn take_in(&mut self, fact: Fact, answer: Answer) -> bool {
        let answer = match (self.facts.answer(fact), answer) {
            (Some(Answer::Several(known)), Answer::Several(more)) => {
                Answer::Several(known.union(&more).copied().collect())
            }
            (Some(_), _) => return false,
            (None, answer) => answer,
        };
        self.facts = std::mem::take(&mut self.facts).answered(fact, Some(answer));
        true
    }

    fn note(&mut self, fact: Fact, sources: impl IntoIterator<Item = Source>) {
        self.sources.entry(fact).or_default().extend(sources);
    }
}

/// The field of every report that a fact is taken from.
fn field(fact: Fact) -> Option<Source> {
    match fact {
        Fact::PersonalData => Some(Source::PersonalData),
        Fact::Breach => Some(Source::Breach),
        Fact::People => Some(Source::People),
        Fact::Data | Fact::PeopleAre | Fact::ProtectedAddress => Some(Source::Sensitive),
        Fact::ActingAsProcessor => Some(Source::Channel),
        _ => None,
    }
}

/// The places that conditions look at.
fn sources(when: &[Condition]) -> Vec<Source> {
    if when.is_empty() {
        return vec![Source::Category];
    }
    let source = |condition: &Condition| match condition {
        Condition::Answered { question, .. } | Condition::AtLeast { question, .. } => {
            Source::Answer(question.clone())
        }
        Condition::Field(ReportField::PersonalData(_)) => Source::PersonalData,
        Condition::Field(ReportField::Breach(_)) => Source::Breach,
        Condition::Field(ReportField::People(_)) => Source::People,
        Condition::Field(ReportField::Sensitive(_)) => Source::Sensitive,
    };
    when.iter().map(source).collect()
}

#[cfg(test)]
mod tests {
    use super::super::confirmation::{ConfirmationAsked, Misdirected};
    use super::super::inquiry::{Contact, Respondent};
    use super::super::spec::{INQUIRY, monday, text};
    use super::*;
    use crate::Erasable;

    fn asked(given: Option<Confirmation>) -> Inquiry {
        let contact = Contact { name: "Ola".to_owned(), email: "ola@example.net".to_owned() };
        let mut inquiry = Inquiry::confirming(
            ConfirmationAsked {
                inquiry: INQUIRY,
                recipient: Erasable::known(contact),
                misdirected: Misdirected::Letter,
                content: text("a letter"),
                due_at: monday(80),
            },
            monday(8),
        );
        let confirming = inquiry.confirming.as_mut().expect("it asks for one");
        confirming.given = given.map(|it| (monday(9), it));
        inquiry
    }

    fn said(disposal: Disposal, opened: bool, passed_on: bool) -> Confirmation {
        Confirmation { disposal, opened, passed_on, remark: None }
    }

    fn told(inquiries: &[Inquiry]) -> [Option<String>; 3] {
        let proposed = Proposed::confirmed(inquiries);
        [Fact::Deletion, Fact::Disclosure, Fact::Spread].map(|fact| {
            let answer = proposed.facts.answer(fact)?;
            assert_eq!(proposed.sources[&fact], [Source::Confirmation].into());
            Some(answer.words().join(" "))
        })
    }

    fn words(words: [&str; 3]) -> [Option<String>; 3] {
        words.map(|it| (!it.is_empty()).then(|| it.to_owned()))
    }

    #[test]
    fn what_a_recipient_confirms_is_proposed() {
        let returned = asked(Some(said(Disposal::Returned, false, false)));
        assert_eq!(told(std::slice::from_ref(&returned)), words(["confirmed", "excluded", "no"]));
        let unread = asked(Some(said(Disposal::Deleted, false, false)));
        assert_eq!(told(&[unread]), words(["confirmed", "no_sign", "no"]));
        let read = asked(Some(said(Disposal::Deleted, true, false)));
        assert_eq!(told(std::slice::from_ref(&read)), words(["confirmed", "seen", "no"]));
        let kept = asked(Some(said(Disposal::Kept, false, true)));
        assert_eq!(told(&[returned, kept]), words(["not_deleted", "seen", "yes"]));
    }

    #[test]
    fn whoever_kept_it_can_make_it_good_and_what_was_seen_stays_seen() {
        let kept = || asked(Some(said(Disposal::Kept, true, false)));
        let later = |email: &str, disposal| {
            let contact = Contact { name: "Ola".to_owned(), email: email.to_owned() };
            let mut inquiry = asked(Some(said(disposal, false, false)));
            inquiry.respondent = Respondent::Outside(Erasable::known(contact));
            let given = inquiry.confirming.as_mut().and_then(|it| it.given.as_mut());
            given.expect("it is answered").0 = monday(10);
            inquiry
        };
        let same = "Ola@example.net";
        let good = [kept(), later(same, Disposal::Deleted)];
        assert_eq!(told(&good), words(["confirmed", "seen", "no"]));
        let other = [kept(), later("kari@example.net", Disposal::Deleted)];
        assert_eq!(told(&other), words(["not_deleted", "seen", "no"]));
        let still = [kept(), later(same, Disposal::Kept)];
        assert_eq!(told(&still), words(["not_deleted", "seen", "no"]));
        assert_eq!(told(&[kept(), asked(None)]), words(["not_deleted", "seen", ""]));
    }

    #[test]
    fn as_long_as_one_is_silent_nothing_is_taken_to_be_gone() {
        let deleted = asked(Some(said(Disposal::Deleted, false, false)));
        assert_eq!(told(&[deleted.clone(), asked(None)]), words(["", "", ""]));
        assert_eq!(told(&[asked(None)]), words(["", "", ""]));
        let withdrawn = Inquiry { withdrawn: Some(text("wrong")), ..asked(None) };
        assert_eq!(told(&[deleted, withdrawn]), words(["confirmed", "no_sign", "no"]));
    }
}
