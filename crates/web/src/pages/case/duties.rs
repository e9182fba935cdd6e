//! The duties of a case, as its page tells them: those whose clocks run, those that may apply with
//! the questions that settle it, and those that are done or do not apply.

use domain::Time;
use domain::duty::{Condition, Verdict};
use service::{CaseDuty, CaseSight, Step};

use super::wording::{Fact, Wording};
use crate::clock::color;
use crate::pages::steps::form_url;
use crate::times::remaining_in_words;

/// The duties of a case.
pub(super) struct ShownDuties {
    /// Those that apply and are not done, the soonest first.
    pub(super) running: Vec<ShownDuty>,
    /// Those that may apply.
    pub(super) possible: Vec<ShownDuty>,
    /// Those that are done or do not apply.
    pub(super) others: Vec<Fact>,
    /// Where the questions are answered, for those who may.
    pub(super) answer: Option<String>,
}

/// A duty whose clock runs.
pub(super) struct ShownDuty {
    /// What it is called.
    pub(super) title: String,
    /// What is to be done.
    pub(super) help: String,
    /// What is left.
    pub(super) left: String,
    /// Repeats in colour what is left.
    pub(super) color: &'static str,
    /// What would settle whether it applies.
    pub(super) questions: Vec<String>,
    /// Until when, to whom, by which provision.
    pub(super) facts: Vec<Fact>,
}

impl ShownDuties {
    /// The duties as they stand at `now`.
    pub(super) fn new(wording: &Wording, seen: &CaseSight, duties: &[CaseDuty], now: Time) -> Self {
        let is_open = !seen.file.standing.phase().is_closed();
        let runs = |it: &&CaseDuty| it.running_until.is_some();
        let shown = |verdict: Verdict| {
            let running = duties.iter().filter(runs);
            let running = running.filter(|it| it.judgement.verdict == verdict);
            running.map(|it| ShownDuty::new(wording, it, now)).collect()
        };
        let ended = &seen.file.known.duties.ended;
        let others = duties.iter().filter(|it| !runs(it));
        let others = others.map(|it| other(wording, it, ended.contains(&it.duty.id))).collect();
        let number = seen.file.known.report.number;
        let may_answer = is_open && seen.steps.contains(&Step::EstablishFacts);
        let answer = form_url(number, Step::EstablishFacts).filter(|_| may_answer);
        Self { running: shown(Verdict::Yes), possible: shown(Verdict::Unknown), others, answer }
    }
}

impl ShownDuty {
    fn new(wording: &Wording, it: &CaseDuty, now: Time) -> Self {
        let language = wording.names.language();
        let due_at = it.judgement.due_at.unwrap_or(now);
        let mut facts = vec![wording.time("duty-due", due_at)];
        facts.extend(it.judgement.starts_at.map(|at| wording.time("duty-starts", at)));
        let authority = it.duty.authority(wording.names.jurisdiction());
        facts.extend(authority.map(|it| wording.fact("duty-authority", it.to_owned())));
        let cite = it.duty.cite.as_ref().map(|cite| cite.text(language).to_owned());
        facts.extend(cite.map(|cite| wording.fact("duty-cite", cite)));
        if it.duty.own_target {
            facts.push(wording.fact("duty-time", wording.say("duty-own-target")));
        }
        if let Some(reading) = it.reading {
            facts.push(wording.time("duty-reading", reading.rounded));
            let two = reading.two_working_days;
            facts.extend(two.map(|at| wording.time("duty-reading-two", at)));
        }
        let uncertain = it.duty.uncertain.as_ref().map(|text| text.text(language).to_owned());
        facts.extend(uncertain.map(|text| wording.fact("duty-uncertain", text)));
        Self {
            title: it.duty.title.text(language).to_owned(),
            help: it.duty.help.text(language).to_owned(),
            left: remaining_in_words(wording.texts, due_at - now),
            color: color(due_at - now),
            questions: it.unsettled.iter().map(|it| question(wording, it)).collect(),
            facts,
        }
    }
}

/// A duty that is done or does not apply, whose time does not run, or ended with the case.
fn other(wording: &Wording, it: &CaseDuty, with_the_case: bool) -> Fact {
    let words = match it.judgement.ended_at {
        Some(at) if it.judgement.verdict != Verdict::No => {
            let at = wording.moment(at).words().to_owned();
            let key = if with_the_case { "duty-ended-with-the-case" } else { "duty-ended" };
            wording.say_with(key, &[("at", at)])
        }
        _ => wording.term("duty-verdict", it.judgement.verdict),
    };
    let name = it.duty.title.text(wording.names.language()).to_owned();
    Fact { name, value: words.into() }
}

/// What would settle a condition, as a question.
fn question(wording: &Wording, condition: &Condition) -> String {
    match condition {
        Condition::Fact(fact) => wording.term("facts", *fact),
        Condition::Organisation(fact) => wording.term("organisation_fact", *fact),
        Condition::Advised(_) => wording.say("duty-question-advised"),
        Condition::Happened(_) => wording.say("duty-question-happened"),
        Condition::Category(_) | Condition::Answered { .. } | Condition::Field(_) => {
            wording.say("duty-question-report")
        }
    }
}
