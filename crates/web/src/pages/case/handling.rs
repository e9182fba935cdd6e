//! What came of a report: who handles it, the talk with the reporter, assessment, decisions, memo.

use domain::case::state::{AuthorityDecided, Notified, Receipt, SubmittedMemo};
use domain::case::telling::PeopleTold;
use domain::case::{Event, MemoPart, OpenCase, Phase};
use domain::category::{BreachedRule, Category};
use domain::{Erasable, Time};
use service::{CaseSight, Sight};
use strum::IntoEnumIterator;
use views::CaseFile;

use super::advice;
use super::telling;
use super::wording::{Fact, Section, Wording};

/// What stands at the top: where the case belongs, and why it was closed or taken up again.
pub(super) fn overview(wording: &Wording, file: &CaseFile, now: Time) -> Vec<Fact> {
    let known = &file.known;
    let mut facts = vec![
        wording.time("case-reported", known.reported_at),
        wording.fact("case-unit", wording.names.unit(known.unit())),
    ];
    if let Some(receipt) = &known.receipt {
        facts.extend(handled_by(wording, receipt, now));
    }
    facts.extend(severe(wording, known));
    facts.extend(wording.maybe("case-reopened", known.reopened.as_ref()));
    facts.extend(not_a_deviation(file).map(|it| wording.text("case-not-a-deviation", it)));
    facts
}

/// Who handles the case, whether they are there, and who stands in for them.
fn handled_by(wording: &Wording, receipt: &Receipt, now: Time) -> Vec<Fact> {
    let name = |user| wording.person(user);
    let away_until = wording.names.away_until(receipt.handler, now);
    let handler = match away_until {
        None => name(receipt.handler),
        Some(until) => {
            let until = wording.moment(until).words().to_owned();
            let arguments = [("name", name(receipt.handler)), ("until", until)];
            wording.say_with("case-handler-away", &arguments)
        }
    };
    let deputy = receipt.deputy.map(|user| match away_until {
        None => name(user),
        Some(_) => wording.say_with("case-deputy-acts", &[("name", name(user))]),
    });
    let mut facts = vec![wording.fact("case-handler", handler)];
    facts.extend(deputy.map(|deputy| wording.fact("case-deputy", deputy)));
    facts
}

/// Why the report was found severe, if it was.
fn severe(wording: &Wording, known: &OpenCase) -> Option<Fact> {
    let why = known.severe.iter().map(|it| wording.names.why_severe(&known.report, it));
    let why: Vec<String> = why.collect();
    (!why.is_empty()).then(|| wording.fact("case-severe-why", why.join("\n")))
}

/// The rules that such a deviation usually breaches.
pub(super) fn rules(wording: &Wording, category: &Category) -> Option<Section> {
    let language = wording.texts.language().tag();
    let fact = |rule: &BreachedRule| Fact {
        name: rule.cite.text(language).to_owned(),
        value: rule.about.text(language).to_owned().into(),
    };
    let facts = category.rules.iter().map(fact).collect();
    section("rules", wording.say("case-rules-heading"), facts)
}

/// Why the case was closed, if it is closed because it is no deviation.
fn not_a_deviation(file: &CaseFile) -> Option<&Erasable<String>> {
    if file.standing.phase() != Phase::ClosedAsNotADeviation {
        return None;
    }
    file.timeline.iter().rev().find_map(|entry| match &entry.event {
        Event::ClosedAsNotADeviation { reason } => Some(reason),
        _ => None,
    })
}

/// Those named as involved, for those who may know.
pub(super) fn involved(wording: &Wording, seen: &CaseSight) -> Option<Section> {
    let involved = match seen.sight {
        Sight::Everything => &seen.file.known.involved,
        Sight::WithoutReporter => return None,
    };
    let fact = |(_, user)| wording.fact("case-involved", wording.person(user));
    let facts = involved.iter().map(fact).collect();
    section("involved", wording.say("case-involved-heading"), facts)
}

/// Questions to the reporter and what they answered and added.
pub(super) fn dialogue(wording: &Wording, known: &OpenCase) -> Option<Section> {
    let mut facts = Vec::new();
    for question in known.questions.values() {
        facts.push(wording.text("case-question", &question.text));
        facts.push(match &question.answer {
            Some(answer) => wording.text("case-answer", answer),
            None => wording.fact("case-answer", wording.say("case-not-answered")),
        });
    }
    facts.extend(known.additions.iter().map(|text| wording.text("case-addition", text)));
    section("dialogue", wording.say("case-dialogue-heading"), facts)
}

/// The latest assessment and the standing decisions.
pub(super) fn decisions(wording: &Wording, known: &OpenCase) -> Vec<Section> {
    let mut assessment = Vec::new();
    if let Some(it) = &known.assessment {
        assessment.push(wording.fact("case-assessment-version", it.version.to_string()));
        assessment.push(wording.fact("case-advice", wording.term("outcome", it.outcome)));
        assessment.push(wording.text("case-facts", &it.facts));
        assessment.extend(it.advice.iter().flat_map(|it| advice::given(wording, it)));
    }
    let mut authority = Vec::new();
    authority.extend(known.authority.decided.iter().flat_map(|it| decided(wording, it)));
    authority.extend(known.authority.notified.iter().flat_map(|it| notified(wording, it)));
    let mut people = Vec::new();
    if let Some(it) = &known.people {
        people.push(wording.fact("case-decision", wording.term("people_decision", it.decision)));
        people.push(wording.text("case-grounds", &it.grounds));
        people.extend(telling::particulars(wording, &it.particulars));
    }
    people.extend(known.told.iter().flat_map(|it| {
        let at = wording.time("case-told-at", it.told_at);
        std::iter::once(at).chain(told(wording, it))
    }));
    let sections = [
        section("assessment", wording.say("case-assessment-heading"), assessment),
        section("authority", wording.say("case-authority-heading"), authority),
        section("people", wording.say("case-people-heading"), people),
    ];
    sections.into_iter().flatten().collect()
}

/// How some of the people affected were told.
pub(super) fn told(wording: &Wording, it: &PeopleTold) -> Vec<Fact> {
    let mut facts = vec![wording.fact("case-told-way", wording.term("telling_way", it.way))];
    facts.extend(it.people.map(|many| wording.fact("case-told-people", many.to_string())));
    facts.push(wording.text("case-told-account", &it.account));
    facts
}

fn decided(wording: &Wording, it: &AuthorityDecided) -> Vec<Fact> {
    let mut facts = vec![
        wording.fact("case-decision", wording.term("authority_decision", it.decision)),
        wording.text("case-grounds", &it.grounds),
    ];
    facts.extend(wording.maybe("case-departure", it.departure.as_ref()));
    facts.extend(telling::held_against(wording, it.held_against.as_deref()));
    facts.push(wording.fact("case-capacity", wording.term("capacity", it.capacity)));
    facts
}

fn notified(wording: &Wording, it: &Notified) -> Vec<Fact> {
    let mut facts = vec![
        wording.time("case-notified", it.sent_at),
        wording.fact("case-reference", it.reference.clone()),
    ];
    facts.extend(wording.maybe("case-reasons_for_delay", it.reasons_for_delay.as_ref()));
    facts
}

/// The latest memo, with what the controller wants followed up.
pub(super) fn memo(wording: &Wording, memo: &SubmittedMemo) -> Section {
    let mut facts = vec![wording.fact("case-memo-version", memo.version.to_string())];
    facts.extend(memo.by.map(|user| wording.fact("case-memo-by", wording.person(user))));
    let is_waiting = if memo.awaits_controller { "case-memo-waits" } else { "case-memo-done-with" };
    facts.push(wording.fact("case-memo-state", wording.say(is_waiting)));
    facts.extend(MemoPart::iter().map(|part| Fact {
        name: wording.term("memo_part", part),
        value: wording.written(memo.memo.part(part)).into(),
    }));
    facts.extend(memo.follow_ups.iter().map(|text| wording.text("case-follow-up", text)));
    Section { id: "memo", heading: wording.say("case-memo-heading"), facts }
}

/// A section, where there is something to say in it.
pub(super) fn section(id: &'static str, heading: String, facts: Vec<Fact>) -> Option<Section> {
    (!facts.is_empty()).then_some(Section { id, heading, facts })
}
