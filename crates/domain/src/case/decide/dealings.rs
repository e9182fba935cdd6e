//! What those who handle the case and those who are heard keep on it: statements, notes, referrals
//! and letters to and from the authority.

use super::super::command::Command;
use super::super::dealings::{Correspondence, Referral};
use super::super::refusal::{Refusal, RequiredText};
use super::super::state::OpenCase;
use super::super::{Decision, Event};
use super::{fact, nothing, require};
use crate::{Erasable, Role, Time};

/// As what somebody is heard, in the order in which their role is looked for.
const HEARD: [Role; 3] = [Role::SecurityOfficer, Role::Controller, Role::SystemOwner];

/// Keeps a statement as a new version of what its author has said before.
pub(super) fn contribute(case: &OpenCase, text: &Erasable<String>, command: &Command) -> Decision {
    require(text, RequiredText::Statement)?;
    let by = &command.by;
    let capacity = HEARD.into_iter().find(|role| by.roles.holds(*role)).ok_or(Refusal::NotHeard)?;
    let own = case.contributions.iter().rfind(|it| it.by == by.actor);
    if own.is_some_and(|own| own.text == *text) {
        return nothing();
    }
    let version = own.map_or(1, |own| own.version + 1);
    fact(Event::ContributionGiven { capacity, version, text: text.clone() })
}

/// Keeps a note. What was noted is never changed; who thinks better of it notes that too.
pub(super) fn note(case: &OpenCase, text: &Erasable<String>, command: &Command) -> Decision {
    require(text, RequiredText::Note)?;
    let is_said =
        |last: &super::super::dealings::Note| last.text == *text && last.by == command.by.actor;
    if case.notes.last().is_some_and(is_said) {
        return nothing();
    }
    fact(Event::NoteAdded { text: text.clone() })
}

/// Records that part of the case goes its own way elsewhere.
pub(super) fn refer(case: &OpenCase, it: &Referral, command: &Command) -> Decision {
    require(&it.to, RequiredText::ReferredTo)?;
    require(&it.subject, RequiredText::Subject)?;
    not_to_come(it.referred_at, command)?;
    if case.referrals.contains(it) {
        return nothing();
    }
    fact(Event::CaseReferred(Box::new(it.clone())))
}

/// Records a letter to or from the authority.
pub(super) fn correspond(case: &OpenCase, it: &Correspondence, command: &Command) -> Decision {
    require(&it.summary, RequiredText::Summary)?;
    not_to_come(it.dated_at, command)?;
    if case.correspondence.contains(it) {
        return nothing();
    }
    fact(Event::CorrespondenceRecorded(Box::new(it.clone())))
}

fn not_to_come(given: Time, command: &Command) -> Result<(), Refusal> {
    if command.at < given { Err(Refusal::TimeInFuture { given }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::super::super::command::Request;
    use super::super::super::dealings::{Direction, ReferralKind};
    use super::super::super::spec::*;
    use super::*;

    fn contribute(said: &str) -> Command {
        by_controller(Request::Contribute(text(said)))
    }

    fn contributed(version: u32, said: &str) -> Event {
        let capacity = Role::Controller;
        Event::ContributionGiven { capacity, version, text: text(said) }
    }

    #[test]
    fn a_statement_is_heard_of_those_who_are_heard() {
        given([reported()]).when(contribute("a risk")).then([contributed(1, "a risk")]);
        given([reported()])
            .when(by_leader(Request::Contribute(text("no risk"))))
            .then_refused(Refusal::NotHeard);
        given([reported()])
            .when(contribute(" "))
            .then_refused(Refusal::TextMissing { what: RequiredText::Statement });
    }

    #[test]
    fn a_new_version_counts_on_and_never_takes_the_place_of_the_earlier_one() {
        let both = crate::Roles::from([Role::Dpo, Role::Controller]);
        let by = super::super::super::command::Acting::user(DPO, both);
        // The specification records everything in the data protection officer's name.
        let contribute = |said| command(monday(12), by.clone(), Request::Contribute(text(said)));
        let history = [reported(), contributed(1, "a risk"), contributed(2, "no risk")];
        given(history.clone()).when(contribute("no risk")).then([]);
        given(history).when(contribute("a risk")).then([contributed(3, "a risk")]);
    }

    #[test]
    fn a_note_is_added_to_the_others() {
        let note = |said| by_dpo(Request::AddNote(text(said)));
        let noted = |said| Event::NoteAdded { text: text(said) };
        given([reported()]).when(note("ring her")).then([noted("ring her")]);
        given([reported(), noted("ring her")]).when(note("ring her")).then([]);
        given([reported(), noted("ring her")]).when(note("rang")).then([noted("rang")]);
        given(closed()).when(note("rang again")).then([noted("rang again")]);
        given([reported()])
            .when(note(""))
            .then_refused(Refusal::TextMissing { what: RequiredText::Note });
    }

    fn to_the_police() -> Referral {
        Referral {
            kind: ReferralKind::PoliceReport,
            to: text("the police in Bergen"),
            subject: text("the theft"),
            referred_at: monday(11),
            reference: Some(text("1234/26")),
        }
    }

    #[test]
    fn a_referral_says_what_to_whom_and_when() {
        let refer = |it: Referral| by_dpo(Request::Refer(Box::new(it)));
        let referred = Event::CaseReferred(Box::new(to_the_police()));
        given([reported()]).when(refer(to_the_police())).then([referred.clone()]);
        given([reported(), referred.clone()]).when(refer(to_the_police())).then([]);
        given(closed()).when(refer(to_the_police())).then([referred]);
        given([reported()])
            .when(refer(Referral { to: text(""), ..to_the_police() }))
            .then_refused(Refusal::TextMissing { what: RequiredText::ReferredTo });
        given([reported()])
            .when(refer(Referral { subject: text(""), ..to_the_police() }))
            .then_refused(Refusal::TextMissing { what: RequiredText::Subject });
        given([reported()])
            .when(refer(Referral { referred_at: monday(13), ..to_the_police() }))
            .then_refused(Refusal::TimeInFuture { given: monday(13) });
    }

    #[test]
    fn letters_to_and_from_the_authority_are_kept() {
        let letter = |hour, said| Correspondence {
            direction: Direction::Incoming,
            dated_at: monday(hour),
            reference: "26/00417-2".to_owned(),
            summary: text(said),
            on_notification: true,
        };
        let record = |it: Correspondence| by_dpo(Request::RecordCorrespondence(Box::new(it)));
        let recorded = Event::CorrespondenceRecorded(Box::new(letter(11, "they ask")));
        given([reported()]).when(record(letter(11, "they ask"))).then([recorded.clone()]);
        given([reported(), recorded.clone()]).when(record(letter(11, "they ask"))).then([]);
        given(closed()).when(record(letter(11, "they ask"))).then([recorded]);
        given([reported()])
            .when(record(letter(13, "they ask")))
            .then_refused(Refusal::TimeInFuture { given: monday(13) });
        given([reported()])
            .when(record(letter(11, "")))
            .then_refused(Refusal::TextMissing { what: RequiredText::Summary });
    }
}
