//! What a person is in the organisation; a person may be several things at once.

use serde::{Deserialize, Serialize};

/// A role, and with it what its holder comes for (`docs/GLOSSARY.md` has the titles in use).
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
pub enum Role {
    /// Reports, and hears back.
    Employee,
    /// Sees and acts on deviations in the own unit and the units below it.
    Leader,
    /// The data protection officer: takes every case from intake to closure (GDPR art. 37-39).
    Dpo,
    /// Takes part in the assessment, follows technical measures.
    SecurityOfficer,
    /// Answers for a system.
    SystemOwner,
    /// Decides for the organisation: on notification, on closing (GDPR art. 4 no. 7).
    Controller,
    /// Takes over closed cases.
    Archivist,
    /// Reads the access log and verifies the event log; sees no case content.
    Auditor,
    /// Keeps users, units and settings; sees no case content.
    Administrator,
}

/// The set of roles one person holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Roles(std::collections::BTreeSet<Role>);

impl Roles {
    /// Whether `role` is among them.
    #[must_use]
    pub fn holds(&self, role: Role) -> bool {
        self.0.contains(&role)
    }

    /// Whether any of `roles` is among them.
    #[must_use]
    pub fn hold_any(&self, roles: &[Role]) -> bool {
        roles.iter().any(|role| self.holds(*role))
    }

    /// The same roles, and `role`.
    #[must_use]
    pub fn with(mut self, role: Role) -> Self {
        self.0.insert(role);
        self
    }

    /// Every role held, in a fixed order.
    pub fn iter(&self) -> impl Iterator<Item = Role> + '_ {
        self.0.iter().copied()
    }

    /// Whether no role is held.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        Self(roles.into_iter().collect())
    }
}

impl<const N: usize> From<[Role; N]> for Roles {
    fn from(roles: [Role; N]) -> Self {
        roles.into_iter().collect()
    }
}
