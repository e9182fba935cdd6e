//! What the rules advise in a case, with reasons and sources: as things stand, or as it was kept
//! when the case was assessed.

use domain::assessment::{Advice, Fired};
use domain::case::AdviceGiven;
use domain::case::event::Outcome;
use domain::case::facts::Fact as CaseFact;
use service::{CaseSight, Service, Step};

use super::When;
use super::wording::{Fact, Wording};
use crate::pages::steps::form_url;

/// The advice on a case.
pub(crate) struct ShownAdvice {
    /// What is advised, if anything is, and the colour that repeats it.
    pub(crate) outcome: Option<(String, &'static str)>,
    /// On what it rests, or why there is none.
    pub(crate) about: String,
    /// What speaks for it.
    pub(crate) reasons: Vec<Reason>,
    /// What spoke against more.
    pub(crate) grounds: Vec<Reason>,
    /// What is not known and could change it.
    pub(crate) questions: Vec<String>,
    /// Where the questions are answered, for those who may.
    pub(crate) answer: Option<String>,
    /// Whether the duties stand on the same page.
    pub(crate) has_duties: bool,
}

/// A rule or a ground.
pub(crate) struct Reason {
    /// Why, in a sentence.
    pub(crate) why: String,
    /// Where that stands.
    pub(crate) cite: String,
    /// What counts as a risk in it because it is not known.
    pub(crate) unknown: Option<String>,
}

impl ShownAdvice {
    /// The advice as things stand; of a case that is closed, or shown as it was, what was kept.
    pub(crate) fn new(wording: &Wording, service: &Service, seen: &CaseSight, when: When) -> Self {
        let known = &seen.file.known;
        let is_closed = seen.file.standing.phase().is_closed();
        let may_answer =
            when == When::Now && !is_closed && seen.steps.contains(&Step::EstablishFacts);
        let answer = form_url(known.report.number, Step::EstablishFacts).filter(|_| may_answer);
        if when == When::Then || is_closed {
            let kept =
                known.assessment.as_ref().and_then(|it| Some((it.version, it.advice.as_ref()?)));
            return match kept {
                Some((version, given)) => Self::kept(wording, version, given),
                None => Self::none(wording.say("advice-none-kept"), None),
            };
        }
        match service.rule_shelf().advise(known) {
            Some((advice, version)) => Self::now(wording, &advice, version, answer),
            None => Self::none(wording.say("advice-no-facts"), answer),
        }
    }

    /// The same where the duties stand on another page.
    pub(crate) fn without_duties(self) -> Self {
        Self { has_duties: false, ..self }
    }

    fn none(about: String, answer: Option<String>) -> Self {
        Self {
            outcome: None,
            about,
            reasons: Vec::new(),
            grounds: Vec::new(),
            questions: Vec::new(),
            answer,
            has_duties: true,
        }
    }

    fn now(wording: &Wording, advice: &Advice<'_>, version: u32, answer: Option<String>) -> Self {
        let language = wording.names.language();
        let mut grounds: Vec<Reason> = Vec::new();
        for ground in advice.cleared.iter().flat_map(|it| &it.grounds) {
            let why = ground.reason.text(language);
            if grounds.iter().all(|it| it.why != why) {
                grounds.push(Reason::new(why, ground.cite.text(language)));
            }
        }
        Self {
            outcome: Some(outcome(wording, advice.outcome)),
            about: wording.say_with("advice-rests-on", &[("version", version.to_string())]),
            reasons: advice.fired.iter().map(|it| Reason::fired(wording, it)).collect(),
            grounds,
            questions: advice.questions.iter().map(|it| wording.term("facts", *it)).collect(),
            answer,
            has_duties: true,
        }
    }

    fn kept(wording: &Wording, version: u32, given: &AdviceGiven) -> Self {
        let about =
            [("assessment", version.to_string()), ("version", given.facts_version.to_string())];
        let [reasons, grounds] = in_words(wording, given);
        Self {
            outcome: Some(outcome(wording, given.outcome)),
            about: wording.say_with("advice-kept", &about),
            reasons,
            grounds,
            questions: Vec::new(),
            answer: None,
            has_duties: true,
        }
    }
}

impl Reason {
    fn new(why: &str, cite: &str) -> Self {
        Self { why: why.to_owned(), cite: cite.to_owned(), unknown: None }
    }

    fn fired(wording: &Wording, it: &Fired<'_>) -> Self {
        let language = wording.names.language();
        let names = |facts: &[CaseFact]| {
            let names = facts.iter().map(|fact| wording.term("facts", *fact));
            names.collect::<Vec<_>>().join(" ")
        };
        let unknown = (!it.unknown.is_empty())
            .then(|| wording.say_with("advice-unknown", &[("facts", names(&it.unknown))]));
        Self { unknown, ..Self::new(it.rule.reason.text(language), it.rule.cite.text(language)) }
    }
}

/// The advice that an assessment was given, as the rules read then.
pub(crate) fn given(wording: &Wording, given: &AdviceGiven) -> Vec<Fact> {
    let [reasons, grounds] = in_words(wording, given);
    let listed = |reasons: Vec<Reason>| {
        let lines = reasons.into_iter().map(|it| {
            if it.cite.is_empty() { it.why } else { format!("{} ({})", it.why, it.cite) }
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    let mut facts = vec![wording.fact("case-advised", wording.term("outcome", given.outcome))];
    for (key, reasons) in [("advice-because", reasons), ("advice-against", grounds)] {
        if !reasons.is_empty() {
            facts.push(wording.fact(key, listed(reasons)));
        }
    }
    facts.extend(wording.maybe("case-departure", given.departure.as_ref()));
    facts
}

/// The rules that fired, and the grounds that held, each with the words it had then; by its name
/// where they were not kept.
fn in_words(wording: &Wording, given: &AdviceGiven) -> [Vec<Reason>; 2] {
    let of = |words: Option<(String, String)>, name: &str| {
        let (why, cite) = words.unwrap_or_else(|| (name.to_owned(), String::new()));
        Reason { why, cite, unknown: None }
    };
    let names = wording.names;
    let fired = given
        .rules
        .iter()
        .map(|it| of(names.rule(&it.rulebook, it.version, &it.rule), it.rule.as_str()));
    let mut grounds: Vec<Reason> = Vec::new();
    for it in &given.cleared {
        for ground in &it.grounds {
            let words = names.ground(&it.rulebook, it.version, ground);
            let reason = of(words, ground.as_str());
            if grounds.iter().all(|known| known.why != reason.why) {
                grounds.push(reason);
            }
        }
    }
    [fired.collect(), grounds]
}

fn outcome(wording: &Wording, outcome: Outcome) -> (String, &'static str) {
    let color = match outcome {
        Outcome::DocumentOnly => "info",
        Outcome::NotifyAuthority => "warning",
        Outcome::NotifyAuthorityAndPeople => "danger",
    };
    (wording.term("outcome", outcome), color)
}
