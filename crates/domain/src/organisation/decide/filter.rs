//! What somebody often looks for among the cases, kept under a name of their own.

use super::super::Decision;
use super::super::command::{Command, Request};
use super::super::event::{Criteria, Event};
use super::super::refusal::Refusal;
use super::super::state::{Organisation, SavedFilter};
use super::{active, named};
use crate::ids::{FilterId, UserId};
use crate::{Actor, Erasable};

/// Filters one person keeps.
const FILTERS_MAX: usize = 30;

/// Decides on what somebody asks about their own filters.
pub(super) fn decide(organisation: &Organisation, command: &Command) -> Decision {
    let Actor::User(user) = command.by.actor else { return Err(Refusal::OnlyAnAdministrator) };
    active(organisation, user)?;
    match &command.request {
        Request::SaveFilter { filter, name, criteria } => {
            save(organisation, user, *filter, name, criteria)
        }
        Request::DeleteFilter(filter) => {
            let is_there = kept(organisation, user, *filter).is_some();
            let deleted = Event::FilterDeleted { user, filter: *filter };
            Ok(is_there.then_some(deleted).into_iter().collect())
        }
        _ => Ok(Vec::new()),
    }
}

fn save(
    organisation: &Organisation,
    user: UserId,
    filter: FilterId,
    name: &str,
    criteria: &Criteria,
) -> Decision {
    let (name, criteria) = (Erasable::about(user, named(name)?), criteria.clone());
    match kept(organisation, user, filter) {
        Some(kept) if kept.name == name && kept.criteria == criteria => return Ok(Vec::new()),
        Some(_) => (),
        None => {
            let kept = organisation.filters.get(&user).map_or(0, std::collections::BTreeMap::len);
            if FILTERS_MAX <= kept {
                return Err(Refusal::TooManyFilters);
            }
        }
    }
    Ok(vec![Event::FilterSaved { user, filter, name, criteria }])
}

fn kept(organisation: &Organisation, user: UserId, filter: FilterId) -> Option<&SavedFilter> {
    organisation.filters.get(&user)?.get(&filter)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::super::command::RegisterPerson;
    use super::super::super::{decide, evolve};
    use super::*;
    use crate::Time;
    use crate::case::Acting;
    use crate::ids::UnitId;

    const USER: UserId = UserId(Uuid::from_u128(1));
    const UNIT: UnitId = UnitId(Uuid::from_u128(2));

    fn ask(organisation: &Organisation, by: Acting, request: Request) -> Decision {
        decide(organisation, &Command { at: Time::UNIX_EPOCH, by, request })
    }

    /// With one member.
    fn house() -> Organisation {
        let unit = super::super::super::command::CreateUnit {
            unit: UNIT,
            name: "Fjellvik".to_owned(),
            parent: None,
        };
        let person = RegisterPerson {
            user: USER,
            sign_in_name: "kari".to_owned(),
            name: "Kari".to_owned(),
            email: None,
            unit: UNIT,
        };
        let requests = [Request::CreateUnit(unit), Request::RegisterPerson(person)];
        requests.into_iter().fold(Organisation::default(), after)
    }

    fn after(organisation: Organisation, request: Request) -> Organisation {
        let by = match &request {
            Request::SaveFilter { .. } | Request::DeleteFilter(_) => own(),
            _ => Acting::service(),
        };
        let events = ask(&organisation, by, request).unwrap();
        events.iter().fold(organisation, evolve)
    }

    fn own() -> Acting {
        Acting::user(USER, [])
    }

    fn filter(number: u128) -> FilterId {
        FilterId(Uuid::from_u128(number))
    }

    fn save(number: u128, name: &str) -> Request {
        let criteria = Criteria { unit: Some(UNIT), ..Criteria::default() };
        Request::SaveFilter { filter: filter(number), name: name.to_owned(), criteria }
    }

    #[test]
    fn a_filter_is_kept_renamed_and_deleted_and_each_once() {
        let house = after(house(), save(1, "Mine"));
        assert_eq!(house.filters[&USER][&filter(1)].name.text_or(""), "Mine");
        assert_eq!(ask(&house, own(), save(1, "Mine")), Ok(Vec::new()));
        let house = after(house, save(1, "Våre"));
        assert_eq!(house.filters[&USER][&filter(1)].name.text_or(""), "Våre");
        let house = after(house, Request::DeleteFilter(filter(1)));
        assert!(house.filters[&USER].is_empty());
        assert_eq!(ask(&house, own(), Request::DeleteFilter(filter(1))), Ok(Vec::new()));
    }

    #[test]
    fn a_filter_has_a_name_and_there_are_only_so_many() {
        assert_eq!(ask(&house(), own(), save(1, " ")), Err(Refusal::NameMissing));
        let numbers = 0..FILTERS_MAX as u128;
        let full = numbers.fold(house(), |house, number| after(house, save(number, "x")));
        assert_eq!(ask(&full, own(), save(99, "x")), Err(Refusal::TooManyFilters));
        assert!(ask(&full, own(), save(0, "y")).is_ok(), "one that is there is changed");
    }

    #[test]
    fn only_a_member_keeps_filters_and_nobody_has_them_once_they_left() {
        let refused = Err(Refusal::OnlyAnAdministrator);
        assert_eq!(ask(&house(), Acting::service(), save(1, "x")), refused);
        let house = after(after(house(), save(1, "x")), Request::Deactivate(USER));
        assert!(house.filters.is_empty());
        assert_eq!(ask(&house, own(), save(1, "x")), Err(Refusal::PersonInactive { user: USER }));
    }
}
