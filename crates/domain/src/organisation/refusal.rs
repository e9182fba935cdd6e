//! Every reason the organisation says no, as data.

use crate::ids::{TokenId, UnitId, UserId};

/// Why a command was not carried out.
#[derive(Debug, Clone, PartialEq, Eq, strum::IntoStaticStr, strum::VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum Refusal {
    /// A name was left empty.
    NameMissing,
    /// The sign-in name holds something else than letters, digits, `.`, `-`, `_` and `@`.
    SignInNameUnfit,
    /// Somebody else signs in with that name.
    SignInNameTaken,
    /// The e-mail address is not one.
    EmailUnfit,
    /// There is no such unit.
    UnitUnknown {
        /// Which unit.
        unit: UnitId,
    },
    /// A unit with that identifier exists already, otherwise described.
    UnitTaken {
        /// Which unit.
        unit: UnitId,
    },
    /// There is no such person.
    PersonUnknown {
        /// Who.
        user: UserId,
    },
    /// A person with that identifier exists already, otherwise described.
    PersonTaken {
        /// Who.
        user: UserId,
    },
    /// The person was deactivated.
    PersonInactive {
        /// Who.
        user: UserId,
    },
    /// There is no such token.
    TokenUnknown {
        /// Which token.
        token: TokenId,
    },
    /// A token with that identifier exists already.
    TokenTaken {
        /// Which token.
        token: TokenId,
    },
    /// A token must stop working some time after it is issued.
    TokenExpired,
    /// Only an administrator changes the organisation.
    OnlyAnAdministrator,
    /// The last administrator cannot be let go.
    LastAdministrator,
    /// That version of the category was used already, and said something else.
    CategoryVersionTaken,
    /// An absence must last until some time from now.
    AbsenceIsOver,
    /// That version of the duty was used already, and said something else.
    DutyVersionTaken,
    /// That version of the rulebook was used already, and said something else.
    RulebookVersionTaken,
    /// Somebody keeps as many filters as there is room for.
    TooManyFilters,
    /// Nothing unusual was found there.
    NothingUnusual,
    /// Nobody looks into their own reading.
    OwnReading,
    /// Only an officer looks into it, or, where it is an officer's own reading, an auditor.
    NotTheirsToReview,
    /// What was found must be said.
    FindingMissing,
}
