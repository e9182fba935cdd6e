//! What remains to be done in a case, and what else somebody may do: each with its form.

use domain::Time;
use domain::case::archiving::Stage;
use domain::case::inquiry::Inquiry;
use domain::case::state::Progress;
use domain::case::{OpenCase, Outstanding, Phase};
use domain::ids::{CaseNumber, MeasureId, UserId};
use service::{CaseSight, Step};

use super::path::case_url;
use super::wording::Wording;
use crate::names::Names;
use crate::page::Page;
use crate::pages::steps::form_url;

/// Characters of a measure's description in a list of what remains.
const DESCRIPTION_CHARACTERS_MAX: usize = 80;

/// Something to do.
pub(crate) struct Link {
    /// What it is.
    pub(crate) label: String,
    /// Where it is done; nothing where it is somebody else's to do.
    pub(crate) path: Option<String>,
    /// Whose it is to do, where it is somebody else's.
    pub(crate) whose: Option<String>,
}

/// Steps that belong together.
pub(super) struct Group {
    /// What they are about.
    pub(super) heading: String,
    /// The steps.
    pub(super) links: Vec<Link>,
}

/// Every step, where it is looked for.
const GROUPS: [(&str, &[Step]); 5] = [
    (
        "case-group-people",
        &[
            Step::Receive,
            Step::Reclassify,
            Step::Assign,
            Step::NameInvolved,
            Step::WithdrawInvolved,
            Step::AddNote,
            Step::EstablishAwareness,
            Step::ReviewOpening,
            Step::GrantAudit,
            Step::RevokeAudit,
        ],
    ),
    (
        "case-group-ask",
        &[
            Step::AskReporter,
            Step::Inquire,
            Step::AskConfirmation,
            Step::WithdrawInquiry,
            Step::AnswerInquiry,
            Step::Contribute,
            Step::Attach,
        ],
    ),
    (
        "case-group-decide",
        &[
            Step::EstablishFacts,
            Step::OverrideSeverity,
            Step::Assess,
            Step::DecideOnAuthority,
            Step::DraftNotification,
            Step::RecordNotification,
            Step::RecordCorrespondence,
            Step::DecideOnPeople,
            Step::PrepareLetters,
            Step::SignLetters,
            Step::TellPeople,
            Step::FulfilDuty,
            Step::WithdrawFulfilment,
        ],
    ),
    (
        "case-group-follow",
        &[
            Step::ProposeMeasure,
            Step::CompleteMeasure,
            Step::VerifyMeasure,
            Step::ReviewEffect,
            Step::WithdrawMeasure,
            Step::Refer,
            Step::Link,
            Step::Merge,
        ],
    ),
    (
        "case-group-end",
        &[
            Step::WriteDocuments,
            Step::SubmitMemo,
            Step::Return,
            Step::Close,
            Step::CloseAsNotADeviation,
            Step::Archive,
            Step::ReceiptArchive,
            Step::Reopen,
            Step::Erase,
        ],
    ),
];

/// Somebody whose answer is waited for.
pub(super) struct Waiting {
    /// Who, and until when.
    pub(super) words: String,
    /// Whether it should have come by now.
    pub(super) is_overdue: bool,
}

/// Whose answers are waited for, the soonest first.
pub(super) fn waiting(wording: &Wording, seen: &CaseSight, now: Time) -> Vec<Waiting> {
    if seen.file.standing.phase().is_closed() {
        return Vec::new();
    }
    let mut open: Vec<&Inquiry> =
        seen.file.known.inquiries.values().filter(|it| it.is_open()).collect();
    open.sort_by_key(|it| it.due_at);
    let waiting = |it: &Inquiry| {
        let due = wording.moment(it.due_at).words().to_owned();
        let arguments = [("who", wording.respondent(&it.respondent)), ("due", due)];
        let words = wording.say_with("case-waiting", &arguments);
        Waiting { words, is_overdue: it.is_overdue(now) }
    };
    open.into_iter().map(waiting).collect()
}

/// Everything that remains, in order; nothing once the case is closed.
pub(super) fn outstanding(wording: &Wording, seen: &CaseSight, user: UserId) -> Vec<Link> {
    let known = &seen.file.known;
    let link = |it: &Outstanding| {
        let number = known.report.number;
        let label = wording.term("outstanding", it);
        let path = path(number, *it).filter(|_| may_take(seen, *it, user));
        Link {
            label: match of_measure(it) {
                None => label,
                Some(measure) => of_measure_label(wording, known, measure, &label),
            },
            whose: if path.is_none() { Some(whose(wording, known, *it)) } else { None },
            path,
        }
    };
    remaining(seen).iter().map(link).collect()
}

/// What remains, for another page than the case's own.
pub(crate) fn remaining_on(
    page: &Page,
    names: &Names,
    seen: &CaseSight,
    user: UserId,
) -> Vec<Link> {
    outstanding(&Wording::new(page, names), seen, user)
}

/// What else somebody may do, as things stand, in groups of what belongs together. The rules have
/// the last word; this only spares people forms that lead nowhere.
pub(super) fn others(wording: &Wording, seen: &CaseSight) -> Vec<Group> {
    let group = |(key, steps): (&str, &[Step])| Group {
        heading: wording.say(key),
        links: others_of(wording, seen, steps),
    };
    let groups = GROUPS.into_iter().map(group);
    groups.filter(|group| !group.links.is_empty()).collect()
}

fn others_of(wording: &Wording, seen: &CaseSight, steps: &[Step]) -> Vec<Link> {
    let remaining: Vec<Step> = remaining(seen).into_iter().map(step).collect();
    steps
        .iter()
        .copied()
        .filter(|step| seen.steps.contains(step) && !remaining.contains(step))
        .filter(|step| makes_sense(seen, *step))
        .filter_map(|step| {
            let path = form_url(seen.file.known.report.number, step)?;
            let label = wording.term("case-step", step);
            Some(Link { label, path: Some(path), whose: None })
        })
        .collect()
}

/// The address of a measure's own page, where it is said to be done.
pub(super) fn measure_path(number: CaseNumber, measure: MeasureId) -> String {
    format!("{}/measures/{measure}", case_url(number))
}

/// The address at which a measure's effect is looked at.
pub(super) fn verification_path(number: CaseNumber, measure: MeasureId) -> String {
    format!("{}/verify", measure_path(number, measure))
}

fn remaining(seen: &CaseSight) -> Vec<Outstanding> {
    let is_closed = seen.file.standing.phase().is_closed();
    if is_closed { Vec::new() } else { seen.file.known.outstanding() }
}

/// The step that does away with what remains.
fn step(outstanding: Outstanding) -> Step {
    match outstanding {
        Outstanding::Receive => Step::Receive,
        Outstanding::Assess => Step::Assess,
        Outstanding::DecideOnAuthority => Step::DecideOnAuthority,
        Outstanding::NotifyAuthority => Step::RecordNotification,
        Outstanding::DecideOnPeople => Step::DecideOnPeople,
        Outstanding::TellPeople => Step::TellPeople,
        Outstanding::SendLetters => Step::PrepareLetters,
        Outstanding::FulfilDuties => Step::FulfilDuty,
        Outstanding::CompleteMeasure(_) => Step::CompleteMeasure,
        Outstanding::VerifyMeasure(_) => Step::VerifyMeasure,
        Outstanding::SubmitMemo => Step::SubmitMemo,
    }
}

fn of_measure(outstanding: &Outstanding) -> Option<MeasureId> {
    match outstanding {
        Outstanding::CompleteMeasure(measure) | Outstanding::VerifyMeasure(measure) => {
            Some(*measure)
        }
        Outstanding::Receive
        | Outstanding::Assess
        | Outstanding::DecideOnAuthority
        | Outstanding::NotifyAuthority
        | Outstanding::DecideOnPeople
        | Outstanding::TellPeople
        | Outstanding::SendLetters
        | Outstanding::FulfilDuties
        | Outstanding::SubmitMemo => None,
    }
}

fn of_measure_label(
    wording: &Wording,
    known: &OpenCase,
    measure: MeasureId,
    label: &str,
) -> String {
    let description = known.measures.get(&measure).map(|it| wording.written(&it.description));
    let description = shortened(&description.unwrap_or_default());
    wording.say_with("case-of-measure", &[("what", label), ("measure", &*description)])
}

fn may_take(seen: &CaseSight, outstanding: Outstanding, user: UserId) -> bool {
    let owns = |measure| seen.file.known.measures.get(&measure).is_some_and(|it| it.owner == user);
    match outstanding {
        Outstanding::CompleteMeasure(measure) if owns(measure) => true,
        _ => seen.steps.contains(&step(outstanding)),
    }
}

/// Whose it is to do: the owner of a measure, else those of a role.
fn whose(wording: &Wording, known: &OpenCase, outstanding: Outstanding) -> String {
    if let Outstanding::CompleteMeasure(measure) = outstanding
        && let Some(measure) = known.measures.get(&measure)
    {
        return wording.person(measure.owner);
    }
    let roles = step(outstanding).roles().iter();
    let roles: Vec<_> = roles.map(|role| wording.term("role", *role)).collect();
    roles.join(&format!(" {} ", wording.say("or")))
}

fn path(number: CaseNumber, outstanding: Outstanding) -> Option<String> {
    match outstanding {
        Outstanding::CompleteMeasure(measure) => Some(measure_path(number, measure)),
        Outstanding::VerifyMeasure(measure) => Some(verification_path(number, measure)),
        other => form_url(number, step(other)),
    }
}

fn makes_sense(seen: &CaseSight, step: Step) -> bool {
    let known = &seen.file.known;
    let phase = seen.file.standing.phase();
    let is_closed = phase.is_closed();
    match step {
        _ if phase == Phase::Erased => step == Step::Erase,
        Step::Reopen | Step::Archive => is_closed && phase != Phase::Merged,
        Step::ReceiptArchive => {
            let stage = known.archive.latest().map(|(_, package)| &package.stage);
            matches!(stage, Some(Stage::HandedOver { .. }))
        }
        Step::Erase => is_closed,
        Step::AddNote | Step::Refer | Step::RecordCorrespondence | Step::Link => true,
        Step::ReviewEffect if is_closed => is_to_review(known),
        Step::ReviewOpening => known.openings.values().any(Option::is_none),
        Step::WithdrawMeasure => {
            known.measures.values().any(|it| matches!(it.progress, Progress::Open { .. }))
        }
        Step::WithdrawInvolved => known.involved.iter().next().is_some(),
        Step::GrantAudit => known.receipt.is_some(),
        Step::RevokeAudit => known.audits.values().any(|it| !it.is_revoked),
        Step::AskReporter if phase == Phase::Merged => true,
        _ if is_closed => false,
        Step::Receive => known.receipt.is_none(),
        Step::Reclassify => known.receipt.is_some() && !known.awaits_closure(),
        Step::Assign => known.receipt.is_some(),
        Step::WithdrawInquiry => known.inquiries.values().any(Inquiry::is_open),
        Step::ReviewEffect => is_to_review(known),
        Step::SignLetters => known.letters.iter().any(|(_, it)| it.signature().is_none()),
        Step::TellPeople => known.people.as_ref().is_none_or(|it| it.decision.is_to_tell()),
        Step::FulfilDuty => known.duties.running().iter().any(|(it, _)| !it.duty.is_notification()),
        Step::WithdrawFulfilment => !known.duties.fulfilled.is_empty(),
        Step::Return | Step::Close => known.awaits_closure(),
        _ => true,
    }
}

/// Whether there is a measure that was done, whose effect can be seen.
fn is_to_review(known: &OpenCase) -> bool {
    known.measures.values().any(|it| !matches!(it.progress, Progress::Open { .. }))
}

fn shortened(text: &str) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if one_line.chars().count() <= DESCRIPTION_CHARACTERS_MAX {
        return one_line;
    }
    let kept: String = one_line.chars().take(DESCRIPTION_CHARACTERS_MAX - 1).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;

    #[test]
    fn every_step_is_taken_somewhere() {
        let number = CaseNumber { year: 2026, sequence: 17 };
        let elsewhere = [Step::CompleteMeasure, Step::VerifyMeasure, Step::AnswerInquiry];
        for step in Step::iter() {
            assert_eq!(form_url(number, step).is_none(), elsewhere.contains(&step), "{step:?}");
        }
    }

    #[test]
    fn every_step_is_in_one_group() {
        for step in Step::iter() {
            let groups = GROUPS.iter().filter(|(_, steps)| steps.contains(&step));
            assert_eq!(groups.count(), 1, "{step:?}");
        }
    }

    #[test]
    fn a_long_description_is_shortened_to_one_line() {
        assert_eq!(shortened("wipe\nthe phone"), "wipe the phone");
        let long = "wipe ".repeat(40);
        assert_eq!(shortened(&long).chars().count(), DESCRIPTION_CHARACTERS_MAX);
    }
}
