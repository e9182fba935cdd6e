//! Who must be told when something has happened in a review. Pure: facts in, notices out.

use domain::case::inquiry::Reminder;
use domain::ids::{InquiryId, ResolutionId, UserId};
use domain::organisation::Organisation;
use domain::review::{Event, Review, ReviewNumber};
use domain::{Actor, Role};
use serde::{Deserialize, Serialize};

use crate::reactions::{News, Notice, Recipient};

/// What somebody is told has happened in a review. NOTE: waiting messages are stored like this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewNews {
    /// They are asked for something.
    InputAsked(InquiryId),
    /// What they are asked for is due soon, or by now.
    InputReminder(InquiryId),
    /// Somebody has answered.
    InputGiven,
    /// Somebody should have answered by now.
    InputOverdue,
    /// The review waits for the controller.
    Waits,
    /// The controller sent it back.
    Returned,
    /// The controller approved it.
    Approved,
    /// They answer for something that was resolved.
    YourResolution(ResolutionId),
    /// What they answer for is due soon, or by now.
    ResolutionReminder(ResolutionId),
    /// Somebody should have done what was resolved by now.
    ResolutionOverdue,
    /// The next review is due soon, or by now.
    NextDue,
}

/// The notices that follow from facts just recorded in a review that was `before`.
pub(crate) fn notices(
    before: &Review,
    events: &[Event],
    by: Actor,
    organisation: &Organisation,
) -> Vec<Notice> {
    let Some(number) = number(before, events) else { return Vec::new() };
    let mut notices: Vec<Notice> = Vec::new();
    for (user, news) in events.iter().flat_map(|event| told(before, event, organisation)) {
        let news = News::Review { review: number, news };
        let notice = Notice { to: Recipient::User(user), number: None, news };
        if by != Actor::User(user) && !notices.contains(&notice) {
            notices.push(notice);
        }
    }
    notices
}

fn number(before: &Review, events: &[Event]) -> Option<ReviewNumber> {
    match (before.known(), events.first()) {
        (Some(known), _) => Some(known.number),
        (None, Some(Event::ReviewBegun { number, .. })) => Some(*number),
        (None, _) => None,
    }
}

fn told(before: &Review, event: &Event, organisation: &Organisation) -> Vec<(UserId, ReviewNews)> {
    let holders = |role, news| -> Vec<(UserId, ReviewNews)> {
        organisation.holders(role).map(|(user, _)| (user, news)).collect()
    };
    match event {
        Event::InputAsked { inquiry, of, .. } => vec![(*of, ReviewNews::InputAsked(*inquiry))],
        Event::InputReminded { inquiry, reminder } => {
            let input = before.known().and_then(|known| known.inputs.get(inquiry));
            let asked = input.and_then(|input| input.inquiry.respondent.member());
            let mut told: Vec<_> =
                asked.map(|user| (user, ReviewNews::InputReminder(*inquiry))).into_iter().collect();
            if *reminder == Reminder::Due {
                told.extend(holders(Role::Dpo, ReviewNews::InputOverdue));
            }
            told
        }
        Event::InputGiven { .. } => holders(Role::Dpo, ReviewNews::InputGiven),
        Event::ReviewSubmitted {} => holders(Role::Controller, ReviewNews::Waits),
        Event::ReviewReturned { .. } => holders(Role::Dpo, ReviewNews::Returned),
        Event::ReviewApproved(_) => approved(before, organisation),
        Event::ResolutionReminded { resolution, reminder } => {
            let owner = before.known().and_then(|known| known.resolutions.get(resolution));
            let news = ReviewNews::ResolutionReminder(*resolution);
            let mut told: Vec<_> = owner.map(|it| (it.owner, news)).into_iter().collect();
            if *reminder == Reminder::Due {
                told.extend(holders(Role::Dpo, ReviewNews::ResolutionOverdue));
            }
            told
        }
        Event::NextReviewReminded { .. } => {
            let officers = holders(Role::Dpo, ReviewNews::NextDue);
            officers.into_iter().chain(holders(Role::Controller, ReviewNews::NextDue)).collect()
        }
        _ => Vec::new(),
    }
}

/// Those who took part read it from now on; and what was resolved is now theirs to do.
fn approved(before: &Review, organisation: &Organisation) -> Vec<(UserId, ReviewNews)> {
    let Some(known) = before.known() else { return Vec::new() };
    let officers = organisation.holders(Role::Dpo).map(|(user, _)| user);
    let took_part = known.held.iter().flat_map(|held| held.participants.iter().copied());
    let open = known.resolutions.iter().filter(|(_, it)| it.carried_out.is_none());
    let owners = open.map(|(id, it)| (it.owner, ReviewNews::YourResolution(*id)));
    officers.chain(took_part).map(|user| (user, ReviewNews::Approved)).chain(owners).collect()
}

#[cfg(test)]
mod tests {
    use domain::Erasable;
    use domain::case::inquiry::Reminder;
    use domain::organisation::{Event as OrganisationEvent, fold as fold_organisation};
    use domain::review::AgendaItem;
    use domain::review::evolve::{Fact, fold};
    use domain::{Roles, Time};
    use uuid::Uuid;

    use super::*;

    const DPO: UserId = UserId(Uuid::from_u128(1));
    const CONTROLLER: UserId = UserId(Uuid::from_u128(2));
    const LEADER: UserId = UserId(Uuid::from_u128(3));
    const INQUIRY: InquiryId = InquiryId(Uuid::from_u128(41));

    fn organisation() -> Organisation {
        let unit = domain::ids::UnitId(Uuid::from_u128(11));
        let text = |words: &str| Erasable::known(words.to_owned());
        let people = [(DPO, Role::Dpo), (CONTROLLER, Role::Controller), (LEADER, Role::Leader)];
        let events: Vec<OrganisationEvent> = people
            .into_iter()
            .flat_map(|(user, role)| {
                let (sign_in_name, name, email) = (text("x"), text("x"), None);
                let roles = Roles::from([role]);
                [
                    OrganisationEvent::PersonRegistered { user, sign_in_name, name, email, unit },
                    OrganisationEvent::RolesGranted { user, roles },
                ]
            })
            .collect();
        fold_organisation(&events)
    }

    fn begun() -> Review {
        let number = ReviewNumber { year: 2027, sequence: 1 };
        let day = Time::UNIX_EPOCH.date_naive();
        let events = [
            Event::ReviewBegun { number, first: day, last: day, previous: None },
            Event::InputAsked {
                inquiry: INQUIRY,
                item: AgendaItem::Threats,
                of: LEADER,
                text: Erasable::known("?".to_owned()),
                due_at: Time::UNIX_EPOCH,
            },
        ];
        fold(events.iter().map(|event| Fact { event, at: Time::UNIX_EPOCH, by: Actor::User(DPO) }))
    }

    #[track_caller]
    fn tells(event: Event, by: Actor, expected: &[(UserId, ReviewNews)]) {
        let notices = notices(&begun(), &[event], by, &organisation());
        let told: Vec<_> = notices
            .iter()
            .map(|notice| match (notice.to, notice.news) {
                (Recipient::User(user), News::Review { news, .. }) => (user, news),
                _ => unreachable!("a review tells its own news to those who sign in"),
            })
            .collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn each_is_told_what_is_theirs_to_do_and_nobody_what_they_did() {
        let by_dpo = Actor::User(DPO);
        let reminded = |reminder| Event::InputReminded { inquiry: INQUIRY, reminder };
        let asked = (LEADER, ReviewNews::InputReminder(INQUIRY));
        tells(reminded(Reminder::BeforeDue), Actor::Service, &[asked]);
        let overdue = (DPO, ReviewNews::InputOverdue);
        tells(reminded(Reminder::Due), Actor::Service, &[asked, overdue]);
        tells(Event::ReviewSubmitted {}, by_dpo, &[(CONTROLLER, ReviewNews::Waits)]);
        let reason = Erasable::known("why".to_owned());
        let returned = Event::ReviewReturned { reason };
        tells(returned.clone(), Actor::User(CONTROLLER), &[(DPO, ReviewNews::Returned)]);
        tells(returned, by_dpo, &[]);
        let next = Event::NextReviewReminded { reminder: Reminder::Due };
        let (dpo, controller) = ((DPO, ReviewNews::NextDue), (CONTROLLER, ReviewNews::NextDue));
        tells(next, Actor::Service, &[dpo, controller]);
    }
}
