//! What a case's page shows of dealings with others: questions and answers, statements, notes,
//! referrals, letters, and other cases.

use domain::Time;
use domain::case::OpenCase;
use domain::case::dealings::{Correspondence, OtherCase, Referral, ReferralKind};
use domain::case::inquiry::Inquiry;
use service::CaseSight;

use super::handling::section;
use super::wording::{Fact, Section, Value, Wording};
use super::{attachments, confirmation};

/// All of them, as far as there is something to say.
pub(super) fn sections(wording: &Wording, seen: &CaseSight, now: Time) -> Vec<Section> {
    let known = &seen.file.known;
    let inquiries =
        known.inquiries.values().flat_map(|it| inquiry(wording, known, it, now)).collect();
    let letters = known.correspondence.iter().flat_map(|it| letter(wording, it)).collect();
    let see = seen.sees_personnel;
    let referrals = known.referrals.iter().flat_map(|it| referral(wording, it, see)).collect();
    let sections = [
        section("inquiries", wording.say("case-inquiries-heading"), inquiries),
        section("contributions", wording.say("case-contributions-heading"), heard(wording, known)),
        section("correspondence", wording.say("case-correspondence-heading"), letters),
        section("referrals", wording.say("case-referrals-heading"), referrals),
        section("related", wording.say("case-related-heading"), related(wording, seen)),
        section("notes", wording.say("case-notes-heading"), notes(wording, known)),
    ];
    sections.into_iter().flatten().collect()
}

fn inquiry(wording: &Wording, known: &OpenCase, it: &Inquiry, now: Time) -> Vec<Fact> {
    let who = wording.respondent(&it.respondent);
    let mut facts = match &it.confirming {
        Some(_) => vec![confirmation::asked(wording, it)],
        None => vec![Fact {
            name: wording.say_with("case-inquiry", &[("who", &*who)]),
            value: Value::Words(wording.written(&it.text)),
        }],
    };
    facts.extend(attachments::shown_with(wording, known, &it.files));
    facts.extend(it.confirming.iter().flat_map(|it| confirmation::given(wording, it)));
    for answer in &it.answers {
        facts.push(wording.text("case-answer", &answer.text));
        let files = answer.files.iter().map(|file| attachments::name(wording.texts, file));
        facts.extend(files.map(|name| wording.fact("case-answer-file", name)));
    }
    if let Some(reason) = &it.withdrawn {
        facts.push(wording.text("case-inquiry-withdrawn", reason));
    } else if it.is_open() {
        let due = wording.moment(it.due_at).words().to_owned();
        let key = if it.is_overdue(now) { "case-inquiry-overdue" } else { "case-inquiry-due" };
        facts.push(wording.fact("case-answer", wording.say_with(key, &[("due", due)])));
    }
    facts
}

/// Every version of every statement, the first one first: none takes another's place.
fn heard(wording: &Wording, known: &OpenCase) -> Vec<Fact> {
    let fact = |it: &domain::case::dealings::Contribution| {
        let arguments = [
            ("who", wording.by(it.by)),
            ("role", wording.term("role", it.capacity)),
            ("version", it.version.to_string()),
            ("at", wording.moment(it.at).words().to_owned()),
        ];
        let name = wording.say_with("case-contribution", &arguments);
        Fact { name, value: Value::Words(wording.written(&it.text)) }
    };
    known.contributions.iter().map(fact).collect()
}

fn notes(wording: &Wording, known: &OpenCase) -> Vec<Fact> {
    let fact = |it: &domain::case::dealings::Note| {
        let at = wording.moment(it.at).words().to_owned();
        let name = wording.say_with("case-note", &[("who", wording.by(it.by)), ("at", at)]);
        Fact { name, value: Value::Words(wording.written(&it.text)) }
    };
    known.notes.iter().map(fact).collect()
}

/// A referral; of a personnel matter those without need read that there is one, and when.
pub(super) fn referral(wording: &Wording, it: &Referral, sees_personnel: bool) -> Vec<Fact> {
    let kind = wording.term("referral_kind", it.kind);
    let mut facts = vec![
        wording.fact("case-referral-kind", kind),
        wording.time("case-referred-at", it.referred_at),
    ];
    if it.kind == ReferralKind::PersonnelMatter && !sees_personnel {
        facts.push(wording.fact("case-referred-to", wording.say("case-referral-hidden")));
        return facts;
    }
    facts.push(wording.text("case-referred-to", &it.to));
    facts.push(wording.text("case-referral-subject", &it.subject));
    facts.extend(wording.maybe("case-reference", it.reference.as_ref()));
    facts
}

/// A letter to or from the authority.
pub(super) fn letter(wording: &Wording, it: &Correspondence) -> Vec<Fact> {
    let direction = wording.term("direction", it.direction);
    let mut facts = vec![
        wording.fact("case-letter", direction),
        wording.time("case-letter-at", it.dated_at),
        wording.text("case-letter-summary", &it.summary),
    ];
    if !it.reference.is_empty() {
        facts.push(wording.fact("case-reference", it.reference.clone()));
    }
    if it.on_notification {
        let about = wording.say("correspondence-about-yes");
        facts.push(wording.fact("case-letter-about", about));
    }
    facts
}

fn related(wording: &Wording, seen: &CaseSight) -> Vec<Fact> {
    let known = &seen.file.known;
    let number = |key, it: &OtherCase| wording.fact(key, it.number.to_string());
    let into = seen.file.merged_into();
    let mut facts: Vec<Fact> = into.iter().map(|it| number("case-merged-into", it)).collect();
    facts.extend(known.duplicates.iter().map(|it| number("case-duplicate", it)));
    facts.extend(known.linked.iter().map(|(other, reason)| {
        let arguments = [("number", other.number.to_string())];
        let name = wording.say_with("case-linked", &arguments);
        Fact { name, value: Value::Words(wording.written(reason)) }
    }));
    facts
}
