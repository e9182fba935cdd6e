//! What may be asked of the organisation.

use super::event::{AccessOutcome, AccessRule, Criteria, UnusualAccess};
use crate::assessment::Rulebook;
use crate::case::Acting;
use crate::category::Category;
use crate::duty::Duty;
use crate::ids::{FilterId, TokenId, UnitId, UserId};
use crate::{Position, Roles, Time};

/// A request to the organisation, with who makes it and when.
#[derive(Debug, Clone, PartialEq)]
pub struct Command {
    /// The time it is made.
    pub at: Time,
    /// Who makes it.
    pub by: Acting,
    /// What is asked.
    pub request: Request,
}

/// What is asked of the organisation.
#[derive(Clone, PartialEq)]
pub enum Request {
    /// Name the organisation.
    Name(String),
    /// Set up a unit.
    CreateUnit(CreateUnit),
    /// Make somebody a member.
    RegisterPerson(RegisterPerson),
    /// Set what somebody is.
    GrantRoles {
        /// Who.
        user: UserId,
        /// Every role they are to hold.
        roles: Roles,
    },
    /// Set a password.
    SetPassword {
        /// Whose.
        user: UserId,
        /// Argon2id hash in PHC string form.
        hash: String,
        /// Whether it must be changed at the next sign-in.
        one_time: bool,
    },
    /// Keep somebody from signing in.
    Deactivate(UserId),
    /// Issue a bearer token.
    IssueToken(IssueToken),
    /// Withdraw a bearer token.
    RevokeToken(TokenId),
    /// Keep a category as it is used.
    RecordCategory(Box<Category>),
    /// Record that somebody is away.
    RecordAbsence {
        /// Who.
        user: UserId,
        /// Until when.
        until: Time,
    },
    /// Record that somebody is back.
    EndAbsence(UserId),
    /// Keep duties as they are used.
    RecordDuties(Vec<Duty>),
    /// Keep rulebooks as cases are advised by them.
    RecordRulebooks(Vec<Rulebook>),
    /// Open a calendar feed under a secret with this hash, as the one whose it is.
    OpenCalendarFeed(String),
    /// Close the calendar feed, as the one whose it is.
    CloseCalendarFeed,
    /// Keep what one often looks for, as the one whose it is; or change what one has kept.
    SaveFilter {
        /// Which; a new identifier for a new one.
        filter: FilterId,
        /// What it is called.
        name: String,
        /// What is looked for.
        criteria: Criteria,
    },
    /// Keep a filter no longer, as the one whose it is.
    DeleteFilter(FilterId),
    /// Record that somebody read or took out more than is usual.
    RecordUnusualAccess(UnusualAccess),
    /// Record what came of looking into it.
    ReviewUnusualAccess(ReviewUnusualAccess),
}

/// Requests carry names and hashes, so that only their kind is debug-printed.
impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Name(_) => "Name(…)",
            Self::CreateUnit(_) => "CreateUnit(…)",
            Self::RegisterPerson(_) => "RegisterPerson(…)",
            Self::GrantRoles { .. } => "GrantRoles(…)",
            Self::SetPassword { .. } => "SetPassword(…)",
            Self::Deactivate(_) => "Deactivate(…)",
            Self::IssueToken(_) => "IssueToken(…)",
            Self::RevokeToken(_) => "RevokeToken(…)",
            Self::RecordCategory(_) => "RecordCategory(…)",
            Self::RecordAbsence { .. } => "RecordAbsence(…)",
            Self::EndAbsence(_) => "EndAbsence(…)",
            Self::RecordDuties(_) => "RecordDuties(…)",
            Self::RecordRulebooks(_) => "RecordRulebooks(…)",
            Self::OpenCalendarFeed(_) => "OpenCalendarFeed(…)",
            Self::CloseCalendarFeed => "CloseCalendarFeed",
            Self::SaveFilter { .. } => "SaveFilter(…)",
            Self::DeleteFilter(_) => "DeleteFilter(…)",
            Self::RecordUnusualAccess(_) => "RecordUnusualAccess(…)",
            Self::ReviewUnusualAccess(_) => "ReviewUnusualAccess(…)",
        })
    }
}

/// Record what came of looking into unusual reading.
#[derive(Clone, PartialEq)]
pub struct ReviewUnusualAccess {
    /// With which line of the access log it was found.
    pub line: Position,
    /// By which rule.
    pub rule: AccessRule,
    /// What came of it.
    pub outcome: AccessOutcome,
    /// What was found.
    pub finding: String,
}

/// Set up a unit.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateUnit {
    /// A new identifier.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// The unit it belongs under.
    pub parent: Option<UnitId>,
}

/// Make somebody a member.
#[derive(Clone, PartialEq)]
pub struct RegisterPerson {
    /// A new identifier.
    pub user: UserId,
    /// The name they sign in with.
    pub sign_in_name: String,
    /// The name others see.
    pub name: String,
    /// Where mail for them goes.
    pub email: Option<String>,
    /// The unit they belong to.
    pub unit: UnitId,
}

/// Issue a bearer token.
#[derive(Debug, Clone, PartialEq)]
pub struct IssueToken {
    /// A new identifier.
    pub token: TokenId,
    /// Whom it acts for.
    pub user: UserId,
    /// What it is used for.
    pub label: String,
    /// SHA-256 of the token, in hexadecimal.
    pub hash: String,
    /// When it stops working.
    pub expires_at: Time,
}
