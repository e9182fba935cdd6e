//! What has happened in the organisation. NOTE: these names and fields are the stored form: never
//! renamed, only added to; how to change one all the same: `docs/decisions/0011-growth.md`.

use serde::{Deserialize, Serialize};

use crate::assessment::Rulebook;
use crate::case::Phase;
use crate::category::{Category, CategoryId};
use crate::duty::Duty;
use crate::ids::{FilterId, TokenId, UnitId, UserId};
use crate::{Erasable, Position, Roles, StreamId, Time};

/// A fact about the organisation.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Event {
    /// The organisation got its name.
    OrganisationNamed {
        /// The name as it stands on pages and documents.
        name: String,
    },
    /// A unit was set up.
    UnitCreated {
        /// Which unit.
        unit: UnitId,
        /// Its name.
        name: String,
        /// The unit it belongs under; none for the top.
        parent: Option<UnitId>,
    },
    /// Somebody became a member of the organisation. Personal values carry the person's own key.
    PersonRegistered {
        /// Who.
        user: UserId,
        /// The name they sign in with.
        sign_in_name: Erasable<String>,
        /// The name others see.
        name: Erasable<String>,
        /// Where mail for them goes.
        email: Option<Erasable<String>>,
        /// The unit they belong to.
        unit: UnitId,
    },
    /// What somebody is in the organisation was set anew.
    RolesGranted {
        /// Who.
        user: UserId,
        /// Every role they hold from now on.
        roles: Roles,
    },
    /// A password was set.
    PasswordSet {
        /// Whose.
        user: UserId,
        /// Argon2id hash in PHC string form.
        hash: Erasable<String>,
        /// Whether it must be changed at the next sign-in.
        one_time: bool,
    },
    /// Somebody may no longer sign in.
    PersonDeactivated {
        /// Who.
        user: UserId,
    },
    /// A bearer token for the API was issued; the token itself is kept nowhere.
    TokenIssued {
        /// Which token.
        token: TokenId,
        /// Whom it acts for.
        user: UserId,
        /// What it is used for.
        label: String,
        /// SHA-256 of the token, in hexadecimal.
        hash: String,
        /// When it stops working.
        expires_at: Time,
    },
    /// A bearer token was withdrawn.
    TokenRevoked {
        /// Which token.
        token: TokenId,
    },
    /// A crisis copy went its own way from here on, restored from a backup to be used while the
    /// service itself cannot be.
    CrisisCopyBegun {
        /// The last event that the copy has in common with the service.
        fork: Position,
        /// The chain's hash there, in hexadecimal.
        head: String,
        /// The last line of the access log that they have in common.
        accesses: Position,
    },
    /// What was recorded in a crisis copy was taken over.
    CrisisCopyMerged {
        /// The last event that the copy had in common with the service.
        fork: Position,
        /// The chain's hash at the end of the copy's log, in hexadecimal.
        copy: String,
        /// How many of the copy's events stand here now.
        events: u64,
        /// How many lines of the copy's access log stand here now.
        accesses: u64,
        /// What both sides had changed, and somebody has to enter by hand.
        left_out: Vec<StreamId>,
    },
    /// A category was used for the first time in this version; it is kept as it was written, so
    /// that what was reported under it stays readable.
    CategoryRecorded {
        /// All that it says.
        category: Box<Category>,
    },
    /// Somebody is away from work; whoever is their deputy in a case stands in meanwhile.
    AbsenceRecorded {
        /// Who.
        user: UserId,
        /// Until when.
        until: Time,
    },
    /// Somebody is back before they said.
    AbsenceEnded {
        /// Who.
        user: UserId,
    },
    /// A duty was used for the first time in this version; it is kept as it was written, so that a
    /// case stays under what it was judged by.
    DutyRecorded {
        /// All that it says.
        duty: Box<Duty>,
    },
    /// A rulebook was used for the first time in this version; it is kept as it was written, so
    /// that the advice of an old assessment can be read with the words of the rules that fired.
    RulebookRecorded {
        /// All that it says.
        rulebook: Box<Rulebook>,
    },
    /// Somebody got an address at which a calendar finds their running clocks; an earlier one of
    /// theirs stopped working. The address itself is kept nowhere.
    CalendarFeedOpened {
        /// Who.
        user: UserId,
        /// SHA-256 of the secret in the address, in hexadecimal.
        hash: String,
    },
    /// Somebody's calendar address stopped working.
    CalendarFeedClosed {
        /// Whose.
        user: UserId,
    },
    /// Somebody kept what they often look for among the cases, or changed what they had kept.
    FilterSaved {
        /// Whose it is.
        user: UserId,
        /// Which.
        filter: FilterId,
        /// What they call it.
        name: Erasable<String>,
        /// What is looked for.
        criteria: Criteria,
    },
    /// Somebody no longer keeps a filter.
    FilterDeleted {
        /// Whose it was.
        user: UserId,
        /// Which.
        filter: FilterId,
    },
    /// Somebody read or took out more than is usual, as the access log shows it.
    UnusualAccessFound(UnusualAccess),
    /// Somebody looked into what was found.
    UnusualAccessReviewed {
        /// With which line of the access log it was found.
        line: Position,
        /// By which rule.
        rule: AccessRule,
        /// What came of it.
        outcome: AccessOutcome,
        /// What was found; it carries the key of the person whose reading it was.
        finding: Erasable<String>,
    },
}

/// Which cases a filter lists; what is absent narrows nothing. Words that are searched for are no
/// part of it, since they may be about somebody. NOTE: part of the stored form.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Criteria {
    /// Only cases in this phase.
    pub phase: Option<Phase>,
    /// Only open cases, or only closed ones.
    pub closed: Option<bool>,
    /// Only cases in this category.
    pub category: Option<CategoryId>,
    /// Only cases of this unit and the units below it.
    pub unit: Option<UnitId>,
    /// Only cases with this handler.
    pub handler: Option<UserId>,
}

/// A rule for reading that somebody met. NOTE: the names are the stored form.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    strum::EnumIter,
    strum::EnumString,
    strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum AccessRule {
    /// Many different cases within an hour, and many more than they usually open.
    ManyCases,
    /// Many cases on one day that were closed long ago.
    OldCases,
    /// Many looks on one day that were refused.
    RefusedLooks,
    /// Many rows taken out on one day.
    MassExport,
    /// Many rows of cases shown on one day in lists and searches.
    ManyRows,
    /// Many searches on one day.
    ManySearches,
}

/// What came of looking into unusual reading. NOTE: the names are the stored form.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    strum::EnumIter,
    strum::EnumString,
    strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum AccessOutcome {
    /// They needed it for their work.
    Justified,
    /// They did not.
    Unjustified,
    /// It could not be found out.
    Undetermined,
}

/// That somebody read or took out more than is usual. It tells how many, and of no case which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnusualAccess {
    /// Which rule.
    pub rule: AccessRule,
    /// Who.
    pub user: UserId,
    /// How many, of what the rule counts.
    pub count: u32,
    /// With how many the rule is met, for them on that day.
    pub limit: u32,
    /// When it was met.
    pub looked_at: Time,
    /// With which line of the access log.
    pub line: Position,
}
