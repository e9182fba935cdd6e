//! The agenda: the ten points in their order, before them the follow-up of what was resolved the
//! last time, and where each stands in ISO/IEC 27001:2022 9.3.2.

use serde::{Deserialize, Serialize};

/// A point of the agenda, in the order of the meeting. NOTE: the names are the stored form.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::EnumIter,
    strum::IntoStaticStr,
    strum::EnumString,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum AgendaItem {
    /// What became of what the review before this one resolved.
    FollowUp,
    /// Results of security audits.
    AuditResults,
    /// Registered deviations.
    Deviations,
    /// Reports from external and internal inspections.
    Inspections,
    /// Changes in law and in what the public demands.
    LawChanges,
    /// Changes in the personal data that are processed.
    ProcessingChanges,
    /// Changes in the threat picture, from risk assessments.
    Threats,
    /// How technical security incidents stand.
    TechnicalIncidents,
    /// Organisational changes.
    OrganisationalChanges,
    /// Changes to buildings.
    BuildingChanges,
    /// Plans and progress for internal control.
    InternalControl,
}

/// Where what is said under a point comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The service has it.
    Prepared,
    /// The service cannot know it, so that people are asked.
    Asked,
    /// The service has part of it.
    Both,
}

/// An input of ISO/IEC 27001:2022 9.3.2, by its letter and number.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    strum::EnumIter,
    strum::IntoStaticStr,
    strum::EnumString,
)]
#[strum(serialize_all = "snake_case")]
pub enum Clause {
    /// a: how actions from earlier reviews stand.
    A,
    /// b: changes outside and inside that matter.
    B,
    /// c: changes in what interested parties need and expect.
    C,
    /// d 1: nonconformities and corrective actions.
    D1,
    /// d 2: results of monitoring and measurement.
    D2,
    /// d 3: results of audits.
    D3,
    /// d 4: how far objectives are met.
    D4,
    /// e: feedback from interested parties.
    E,
    /// f: results of risk assessment, and how its treatment stands.
    F,
    /// g: opportunities to improve.
    G,
}

/// The whole agenda as data: what each point is, where it comes from, and what it answers.
const TABLE: [(AgendaItem, Origin, &[Clause]); 11] = [
    (AgendaItem::FollowUp, Origin::Prepared, &[Clause::A]),
    (AgendaItem::AuditResults, Origin::Asked, &[Clause::D3]),
    (AgendaItem::Deviations, Origin::Prepared, &[Clause::D1, Clause::D2]),
    (AgendaItem::Inspections, Origin::Asked, &[Clause::D3, Clause::E]),
    (AgendaItem::LawChanges, Origin::Asked, &[Clause::B, Clause::C]),
    (AgendaItem::ProcessingChanges, Origin::Asked, &[Clause::B]),
    (AgendaItem::Threats, Origin::Asked, &[Clause::B, Clause::F]),
    (AgendaItem::TechnicalIncidents, Origin::Both, &[Clause::D1, Clause::D2]),
    (AgendaItem::OrganisationalChanges, Origin::Asked, &[Clause::B]),
    (AgendaItem::BuildingChanges, Origin::Asked, &[Clause::B]),
    (AgendaItem::InternalControl, Origin::Both, &[Clause::A, Clause::D4, Clause::G]),
];

impl AgendaItem {
    /// Where what is said under it comes from.
    #[must_use]
    pub fn origin(self) -> Origin {
        self.row().1
    }

    /// The inputs of ISO/IEC 27001:2022 9.3.2 that it answers.
    #[must_use]
    pub fn clauses(self) -> &'static [Clause] {
        self.row().2
    }

    fn row(self) -> &'static (Self, Origin, &'static [Clause]) {
        let row = TABLE.iter().find(|(item, ..)| *item == self);
        row.expect("a test holds that every point stands in the table")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use strum::IntoEnumIterator;

    use super::*;

    #[test]
    fn every_point_stands_in_the_table_in_its_order() {
        let table: Vec<AgendaItem> = TABLE.iter().map(|(item, ..)| *item).collect();
        assert_eq!(table, AgendaItem::iter().collect::<Vec<_>>());
        assert_eq!(AgendaItem::iter().next(), Some(AgendaItem::FollowUp));
    }

    #[test]
    fn every_input_of_the_standard_is_answered_by_some_point() {
        let answered: BTreeSet<Clause> =
            AgendaItem::iter().flat_map(|item| item.clauses().iter().copied()).collect();
        assert_eq!(answered, Clause::iter().collect());
    }
}
