//! The invented municipality: its units, who works there, and what goes wrong how often.

use std::collections::BTreeSet;

use domain::case::report::BreachKind;
use domain::category::CategoryId;
use domain::{Role, Roles};
use serde::Deserialize;

use crate::setting_up::{Plan, PlannedPerson, PlannedUnit};

const TOWN: &str = include_str!("../../../../config/demo-data.toml");

/// The municipality as its file has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Town {
    organisation: String,
    #[serde(rename = "unit")]
    pub(super) units: Vec<Unit>,
    #[serde(rename = "holder")]
    holders: Vec<Holder>,
    names: Names,
    #[serde(rename = "deviation")]
    pub(super) deviations: Vec<Deviation>,
}

/// A unit of the municipality.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Unit {
    pub(super) name: String,
    under: Option<String>,
    /// How many work there.
    people: usize,
    /// Its share of the reports.
    pub(super) reports: u32,
    /// After how many years it reports nothing any more.
    pub(super) quiet_after: Option<u32>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Holder {
    sign_in_name: String,
    name: String,
    unit: String,
    role: Role,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    first: Vec<String>,
    last: Vec<String>,
}

/// What goes wrong.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Deviation {
    pub(super) category: CategoryId,
    /// How often beside the others.
    pub(super) share: u32,
    pub(super) breach: BTreeSet<BreachKind>,
    /// The hundredths of which the authority is notified.
    pub(super) serious: u32,
    pub(super) happened: Vec<String>,
    pub(super) measures: Vec<String>,
}

impl Town {
    pub(super) fn shipped() -> Self {
        toml::from_str(TOWN).expect("a test has read it")
    }

    /// Everybody with a role and a leader for each unit can sign in; the others are there to be
    /// counted and to report.
    pub(super) fn plan(&self) -> Plan {
        let planned = |it: &Unit| PlannedUnit { name: it.name.clone(), under: it.under.clone() };
        let holders = self.holders.iter().map(|it| PlannedPerson {
            sign_in_name: it.sign_in_name.clone(),
            name: it.name.clone(),
            email: Some(format!("{}@example.org", it.sign_in_name)),
            unit: it.unit.clone(),
            roles: Roles::from([it.role]),
        });
        let leaders = (0..self.units.len()).map(|unit| self.employed(unit, 0, Role::Leader));
        Plan {
            organisation: self.organisation.clone(),
            units: self.units.iter().map(planned).collect(),
            people: holders.chain(leaders).collect(),
        }
    }

    /// Those who report and lead nothing.
    pub(super) fn employees(&self) -> impl Iterator<Item = PlannedPerson> + '_ {
        let places = self.units.iter().enumerate();
        let places = places.flat_map(|(unit, it)| (1..it.people).map(move |place| (unit, place)));
        places.map(|(unit, place)| self.employed(unit, place, Role::Employee))
    }

    /// Whoever has a place in a unit; the first place is its leader's.
    fn employed(&self, unit: usize, place: usize, role: Role) -> PlannedPerson {
        let Names { first, last } = &self.names;
        let before: usize = self.units[..unit].iter().map(|it| it.people).sum();
        let number = before + place;
        let name = format!("{} {}", first[number % first.len()], last[number % last.len()]);
        let sign_in_name = sign_in_name(unit, place);
        PlannedPerson {
            email: (role == Role::Leader).then(|| format!("{sign_in_name}@example.org")),
            sign_in_name,
            name,
            unit: self.units[unit].name.clone(),
            roles: Roles::from([role]),
        }
    }

    /// How many places a unit has.
    pub(super) fn places(&self, unit: usize) -> usize {
        self.units[unit].people.max(1)
    }
}

/// What whoever has a place in a unit signs in with.
pub(super) fn sign_in_name(unit: usize, place: usize) -> String {
    match place {
        0 => format!("leder-{}", unit + 1),
        _ => format!("ansatt-{}-{place}", unit + 1),
    }
}

#[cfg(test)]
mod tests {
    use domain::Time;

    use super::*;

    #[test]
    fn the_rules_agree_with_the_town_and_nobody_in_it_gets_mail() {
        let town = Town::shipped();
        let everybody: Vec<PlannedPerson> =
            town.plan().people.into_iter().chain(town.employees()).collect();
        let names: BTreeSet<&str> = everybody.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(everybody.len(), town.units.iter().map(|it| it.people).sum::<usize>() + 7);
        assert!(100 < names.len(), "{} names", names.len());
        let mailed = everybody.iter().filter_map(|it| it.email.as_ref());
        assert!(mailed.clone().all(|it| it.ends_with("@example.org")));
        let mut plan = town.plan();
        plan.people.extend(town.employees());
        assert!(plan.prepare(Time::default()).is_ok());
    }

    #[test]
    fn every_deviation_is_of_a_shipped_category_and_says_something() {
        let shipped = service::categories::Categories::load(None).unwrap();
        for it in Town::shipped().deviations {
            assert!(shipped.get(&it.category).is_some(), "{}", it.category);
            assert!(!it.happened.is_empty() && !it.measures.is_empty() && it.serious <= 100);
        }
    }
}
