//! Everything that happened in a case, in words.

mod access;
mod correction;
mod custody;
mod letters;

use domain::case::advised::SeverityOverridden;
use domain::case::dealings::ReferralKind;
use domain::case::document;
use domain::case::erasure::ErasureGround;
use domain::case::event::MeasureKind;
use domain::case::{Attachment, Event, Facts, Judgement, Memo, MemoPart, OpenCase, overdue};
use domain::deadline::Stage;
use domain::duty::DutyId;
use domain::ids::{InquiryId, MeasureId, QuestionId};
use domain::{Erasable, Time};
use strum::IntoEnumIterator;
use views::CaseFile;

use super::as_of::as_of_url;
use super::telling;
use super::wording::{Fact, Wording};
use super::{advice, dealings, handling, notices, severity};
use crate::times::TimeElement;

#[cfg(test)]
mod tests;

/// Something that happened.
pub(crate) struct ShownEntry {
    /// When it was recorded.
    pub(crate) at: TimeElement,
    /// What happened, in a sentence.
    pub(crate) what: String,
    /// What was written at the time.
    pub(crate) facts: Vec<Fact>,
    /// Who caused it.
    pub(crate) by: String,
    /// Where the case is shown as it was known then.
    pub(crate) then: String,
}

/// Every event, the oldest first.
pub(crate) fn shown(wording: &Wording, file: &CaseFile) -> Vec<ShownEntry> {
    let mut known_before = None;
    file.shown()
        .map(|entry| {
            let (what, facts) = happened(wording, &file.known, known_before, &entry.event);
            if let Event::FactsEstablished { facts, .. } = &entry.event {
                known_before = Some(facts);
            }
            let (at, by) = (wording.moment(entry.at), wording.by(entry.by));
            let then = as_of_url(file.known.report.number, entry.at);
            ShownEntry { at, what, facts, by, then }
        })
        .collect()
}

/// A sentence for an event, and what was written at the time. Of facts, what was found out anew.
#[expect(clippy::too_many_lines, reason = "an arm for each event, and nothing else")]
fn happened(
    wording: &Wording,
    known: &OpenCase,
    known_before: Option<&Facts>,
    event: &Event,
) -> (String, Vec<Fact>) {
    let key = Wording::event_key(event);
    let plain = || wording.say(&key);
    let with = |name: &str, value: String| wording.say_with(&key, &[(name, value)]);
    let text = |name, text| wording.text(name, text);
    match event {
        Event::DeviationReported(report) => {
            (with("channel", wording.term("channel", report.channel)), Vec::new())
        }
        Event::InformationAdded { text: added } => (plain(), vec![text("case-addition", added)]),
        Event::CaseFoundSevere { reasons } => {
            let why = reasons.iter().map(|it| wording.names.why_severe(&known.report, it));
            let why = why.collect::<Vec<_>>().join("\n");
            (plain(), vec![wording.fact("case-severe-why", why)])
        }
        Event::CaseReceived { category, unit, handler, .. } => {
            let facts = vec![
                wording.fact("case-category", wording.names.category(category)),
                wording.fact("case-unit", wording.names.unit(*unit)),
            ];
            (with("handler", wording.person(*handler)), facts)
        }
        Event::PersonInvolved { user } => {
            let erased = || wording.say("timeline-somebody-erased");
            (with("person", user.get().map_or_else(erased, |it| wording.person(*it))), Vec::new())
        }
        Event::AwarenessEstablished { aware_at, reason } => {
            (with("aware", in_words(wording, *aware_at)), vec![text("case-reason", reason)])
        }
        Event::DeadlineStageReached { duty, stage, due_at, .. } => {
            (reached(wording, duty, *stage, *due_at), Vec::new())
        }
        Event::ReporterAsked { text: asked, .. } => (plain(), vec![text("case-question", asked)]),
        Event::ReporterAnswered { question, text: answer } => {
            let mut facts = vec![text("case-answer", answer)];
            facts.splice(..0, asked(wording, known, *question));
            (plain(), facts)
        }
        Event::CaseAssessed { version, facts, outcome, advice } => {
            let (version, outcome) = (version.to_string(), wording.term("outcome", *outcome));
            let what = wording.say_with(&key, &[("version", version), ("outcome", outcome)]);
            let mut facts = vec![text("case-facts", facts)];
            facts.extend(advice.iter().flat_map(|it| advice::given(wording, it)));
            (what, facts)
        }
        Event::AuthorityDecided { decision, grounds, departure, capacity, held_against } => {
            let mut facts = vec![text("case-grounds", grounds)];
            facts.extend(wording.maybe("case-departure", departure.as_ref()));
            facts.extend(telling::held_against(wording, held_against.as_deref()));
            facts.push(wording.fact("case-capacity", wording.term("capacity", *capacity)));
            (with("decision", wording.term("authority_decision", *decision)), facts)
        }
        Event::AuthorityNotified { sent_at, reference, reasons_for_delay, notice } => {
            let mut facts = vec![wording.fact("case-reference", reference.clone())];
            facts.extend(wording.maybe("case-reasons_for_delay", reasons_for_delay.as_ref()));
            facts.extend(notices::of_notice(wording, notice));
            (with("sent", in_words(wording, *sent_at)), facts)
        }
        Event::NotificationSupplemented { sent_at, reference, notice } => {
            let mut facts = vec![wording.fact("case-reference", reference.clone())];
            facts.extend(notices::of_notice(wording, notice));
            (with("sent", in_words(wording, *sent_at)), facts)
        }
        Event::NotificationWithdrawn { sent_at, reference, reasons, notice } => {
            let reference = wording.fact("case-reference", reference.clone());
            let mut facts = vec![reference, text("case-reason", reasons)];
            facts.extend(notices::of_notice(wording, notice));
            (with("sent", in_words(wording, *sent_at)), facts)
        }
        Event::NotificationDrafted { version, .. }
        | Event::Document(document::Event::MemoDrafted { version, .. }) => {
            (with("version", version.to_string()), Vec::new())
        }
        Event::PeopleDecided { decision, grounds, particulars } => {
            let mut facts = vec![text("case-grounds", grounds)];
            let particulars = particulars.iter().flat_map(|it| telling::particulars(wording, it));
            facts.extend(particulars);
            (with("decision", wording.term("people_decision", *decision)), facts)
        }
        Event::MeasureProposed { kind, description, owner, due_at, .. } => {
            let what = proposed(wording, &key, *kind, *due_at);
            let owner = wording.fact("case-measure-owner", wording.person(*owner));
            (what, vec![text("case-measure-description", description), owner])
        }
        Event::MeasureCompleted { measure, account, .. } => {
            let mut facts = vec![text("case-measure-account", account)];
            facts.splice(..0, described(wording, known, *measure));
            (plain(), facts)
        }
        Event::MeasureVerified { measure, effective, finding } => {
            let mut facts = vec![text("case-measure-finding", finding)];
            facts.splice(..0, described(wording, known, *measure));
            let found = if *effective { plain() } else { wording.say("timeline-without-effect") };
            (found, facts)
        }
        Event::MemoSubmitted { version, memo } => {
            (with("version", version.to_string()), parts(wording, memo))
        }
        Event::Document(document::Event::PassagesExempted { passages }) => {
            let grounds =
                passages.iter().map(|it| wording.fact("case-exempt-ground", it.ground.clone()));
            (wording.say_with(&key, &[("count", passages.len())]), grounds.collect())
        }
        Event::Letter(event) => letters::told(wording, &key, event),
        Event::Custody(event) => custody::told(wording, &key, event),
        Event::CaseReturned { follow_ups } => {
            let facts = follow_ups.iter().map(|it| text("case-follow-up", it)).collect();
            (plain(), facts)
        }
        Event::InquiryLinkMade { .. } => (plain(), Vec::new()),
        Event::CaseClosed { grounds } => {
            (plain(), wording.maybe("case-grounds", grounds.as_ref()).into_iter().collect())
        }
        Event::ClosedAsNotADeviation { reason } | Event::CaseReopened { reason } => {
            (plain(), vec![text("case-reason", reason)])
        }
        Event::AttachmentAdded(it) => attached(wording, &key, it),
        Event::CaseErased { ground, basis } => (plain(), on_ground(wording, *ground, basis)),
        Event::PersonErased { part, ground, basis, .. } => {
            let part = wording.term("part_in_case", *part);
            (with("part", part), on_ground(wording, *ground, basis))
        }
        Event::CaseAssigned { handler, deputy } => {
            let deputy = deputy.map(|user| wording.fact("case-deputy", wording.person(user)));
            (with("handler", wording.person(*handler)), deputy.into_iter().collect())
        }
        Event::PeopleTold(told) => {
            (with("told", in_words(wording, told.told_at)), handling::told(wording, told))
        }
        Event::InquiryMade(made) => {
            let mut facts = vec![text("case-question", &made.text), due(wording, made.due_at)];
            facts.extend(super::attachments::shown_with(wording, known, &made.files));
            (with("who", wording.respondent(&made.respondent)), facts)
        }
        Event::Archiving(event) => super::archiving::told(wording, &key, event),
        Event::Confirmation(event) => super::confirmation::told(wording, &key, event),
        Event::InquiryReminded { inquiry, reminder } => {
            let facts = inquired(wording, known, *inquiry).into_iter().collect();
            (wording.term("timeline-inquiry_reminded", *reminder), facts)
        }
        Event::InquiryAnswered { inquiry, text: answer } => {
            let mut facts = vec![text("case-answer", answer)];
            facts.splice(..0, inquired(wording, known, *inquiry));
            (plain(), facts)
        }
        Event::InquiryWithdrawn { inquiry, reason } => {
            let mut facts = vec![text("case-reason", reason)];
            facts.splice(..0, inquired(wording, known, *inquiry));
            (plain(), facts)
        }
        Event::ContributionGiven { capacity, version, text: statement } => {
            let role = wording.term("role", *capacity);
            let arguments = [("role", role), ("version", version.to_string())];
            (wording.say_with(&key, &arguments), vec![text("case-statement", statement)])
        }
        Event::NoteAdded { text: note } => (plain(), vec![text("case-note-text", note)]),
        Event::Overdue(overdue::Event::MeasureReminded { measure, reminder }) => {
            let facts = described(wording, known, *measure).into_iter().collect();
            (wording.term("timeline-measure_reminded", *reminder), facts)
        }
        Event::EffectReviewDue { measure } => {
            (plain(), described(wording, known, *measure).into_iter().collect())
        }
        Event::EffectReviewed { measure, effect, finding } => {
            let mut facts = vec![text("case-measure-finding", finding)];
            facts.splice(..0, described(wording, known, *measure));
            (with("effect", wording.term("effect_later", *effect)), facts)
        }
        Event::CaseReferred(it) => {
            // What was taken out for those without need is not said to be erased.
            let sees = !it.to.is_erased() || it.kind == ReferralKind::PoliceReport;
            (plain(), dealings::referral(wording, it, sees))
        }
        Event::CorrespondenceRecorded(it) => {
            (wording.term("timeline-letter", it.direction), dealings::letter(wording, it))
        }
        Event::CaseLinked { other, reason } => {
            (with("number", other.number.to_string()), vec![text("case-reason", reason)])
        }
        Event::DuplicateTakenIn { other, aware_at } => {
            let aware = wording.time("case-aware", *aware_at);
            (with("number", other.number.to_string()), vec![aware])
        }
        Event::CaseMerged { into, reason } => {
            (with("number", into.number.to_string()), vec![text("case-reason", reason)])
        }
        Event::DutiesJudged { duties } => {
            (plain(), duties.iter().map(|it| judged(wording, it)).collect())
        }
        Event::FactsEstablished { version, facts } => (
            with("version", version.to_string()),
            super::known::changed(wording, known_before, facts),
        ),
        Event::SeverityOverridden(SeverityOverridden { factor, quarters, reason }) => {
            let factor = wording.term("severity_factor", *factor);
            let what = match quarters {
                Some(quarters) => {
                    let value = severity::value(*quarters);
                    wording.say_with(&key, &[("factor", factor), ("value", value)])
                }
                None => wording.say_with("timeline-severity-of-method", &[("factor", factor)]),
            };
            (what, vec![text("case-reason", reason)])
        }
        Event::DutyFulfilled { duty, done_at, reference } => {
            let what = [("duty", wording.names.duty(duty)), ("at", in_words(wording, *done_at))];
            let reference = Some(reference.clone()).filter(|it| !it.is_empty());
            let facts = reference.map(|it| wording.fact("case-reference", it));
            (wording.say_with(&key, &what), facts.into_iter().collect())
        }
        Event::Access(event) => access::told(wording, &key, event),
        Event::Correction(event) => correction::told(wording, known, &key, event),
    }
}

fn attached(wording: &Wording, key: &str, it: &Attachment) -> (String, Vec<Fact>) {
    let Some(file) = it.file.get() else {
        let name = wording.say("case-attachment-erased");
        return (wording.say_with(key, &[("name", name)]), Vec::new());
    };
    let fact = |key, value: &str| wording.fact(key, value.to_owned());
    let mut facts = vec![fact("case-attachment-sha256", &file.sha256)];
    if !file.description.is_empty() {
        facts.insert(0, fact("case-attachment-description", &file.description));
    }
    (wording.say_with(key, &[("name", file.name.clone())]), facts)
}

/// How a duty was judged, under which version of it.
fn judged(wording: &Wording, it: &Judgement) -> Fact {
    let verdict = match (it.ended_at, it.due_at) {
        (Some(at), _) => wording.say_with("timeline-duty-ended", &[("at", in_words(wording, at))]),
        (None, Some(due_at)) => {
            let key = format!("timeline-duty-{}", <&str>::from(it.verdict));
            wording.say_with(&key, &[("due", in_words(wording, due_at))])
        }
        (None, None) => wording.term("duty-verdict", it.verdict),
    };
    let version = it.version.to_string();
    let name = [("duty", wording.names.duty(&it.duty)), ("version", version)];
    Fact { name: wording.say_with("timeline-duty", &name), value: verdict.into() }
}

fn on_ground(wording: &Wording, ground: ErasureGround, basis: &str) -> Vec<Fact> {
    vec![
        wording.fact("case-erasure-ground", wording.term("erasure_ground", ground)),
        wording.fact("case-erasure-basis", basis.to_owned()),
    ]
}

fn in_words(wording: &Wording, at: Time) -> String {
    wording.moment(at).words().to_owned()
}

fn reached(wording: &Wording, duty: &DutyId, stage: Stage, due_at: Time) -> String {
    let due = in_words(wording, due_at);
    let of = |key: &'static str, of_duty: &'static str, arguments: Vec<(&str, String)>| {
        if duty.is_notification() {
            return wording.say_with(key, &arguments);
        }
        let name = ("duty", wording.names.duty(duty));
        wording.say_with(of_duty, &arguments.into_iter().chain([name]).collect::<Vec<_>>())
    };
    if stage == Stage::OVERDUE {
        return of("timeline-overdue", "timeline-duty-overdue", vec![("due", due)]);
    }
    let hours = wording.say_with("hours", &[("count", u32::from(stage.hours_left))]);
    let arguments = vec![("remaining", hours), ("due", due)];
    of("timeline-deadline_stage_reached", "timeline-duty-stage", arguments)
}

fn proposed(wording: &Wording, key: &str, kind: MeasureKind, due_at: Time) -> String {
    let (kind, due) = (wording.term("measure_kind", kind), in_words(wording, due_at));
    wording.say_with(key, &[("kind", kind), ("due", due)])
}

fn asked(wording: &Wording, known: &OpenCase, question: QuestionId) -> Option<Fact> {
    known.questions.get(&question).map(|it| wording.text("case-question", &it.text))
}

fn inquired(wording: &Wording, known: &OpenCase, inquiry: InquiryId) -> Option<Fact> {
    known.inquiries.get(&inquiry).map(|it| wording.text("case-question", &it.text))
}

fn due(wording: &Wording, at: Time) -> Fact {
    wording.time("case-inquiry-wanted", at)
}

fn described(wording: &Wording, known: &OpenCase, measure: MeasureId) -> Option<Fact> {
    let text = |text: &Erasable<String>| wording.text("case-measure-description", text);
    known.measures.get(&measure).map(|it| text(&it.description))
}

fn parts(wording: &Wording, memo: &Memo) -> Vec<Fact> {
    let part = |part| Fact {
        name: wording.term("memo_part", part),
        value: wording.written(memo.part(part)).into(),
    };
    MemoPart::iter().map(part).collect()
}
