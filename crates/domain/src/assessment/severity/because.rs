//! Why a factor of the severity has its value.

/// Why a factor has its value: which line of the method's tables applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::EnumIter, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Because {
    /// Names, contact, work and school: nothing that makes it worse.
    SimpleData,
    /// So much of each person that one sees how they live.
    SimpleDataInDetail,
    /// It lets one guess at something sensitive.
    SensitiveGuess,
    /// For these people even an address can be dangerous.
    Endangering,
    /// Habits, places, traffic.
    BehaviouralData,
    /// Enough of it to see somebody's daily life.
    BehaviouralProfile,
    /// It tells little about habits.
    BehaviouralLittle,
    /// A profile that tells of something sensitive.
    SensitiveProfile,
    /// Money: income, accounts, invoices.
    FinancialData,
    /// Some of it, without insight.
    FinancialLittle,
    /// It says no more than that somebody is a customer.
    FinancialNone,
    /// Enough to defraud somebody, or to see all their economy.
    FinancialInDetail,
    /// Health, belief, sexual life, offences, social services.
    SensitiveData,
    /// Sensitive by its kind, and only general guesses follow.
    SensitiveLittle,
    /// Sensitive by its kind, and public already or without substance.
    SensitiveNone,
    /// Nobody knows which data yet.
    DataUnknown,
    /// Hardly anybody could tell who it is.
    IdentifiedHardly,
    /// Few could tell.
    IdentifiedByFew,
    /// Many could tell.
    IdentifiedEasily,
    /// It says who it is.
    IdentifiedAtOnce,
    /// A national identity number says who it is, all the more with a name.
    IdentityNumber,
    /// Nobody knows yet how easily one could tell.
    IdentificationUnknown,
    /// Not that kind of breach.
    NotAffected,
    /// Exposed, without a sign that anybody looked, or unreadable.
    ExposedOnly,
    /// Some known recipients.
    KnownRecipients,
    /// Nobody knows how many recipients.
    UnknownRecipients,
    /// Changed, and not used.
    ChangedNotUsed,
    /// Perhaps used wrongly, and can be put right.
    UsedRecoverable,
    /// Used wrongly, and cannot be put right.
    UsedForGood,
    /// There without difficulty.
    Recovered,
    /// Gone for a time.
    GoneForATime,
    /// Gone for good.
    GoneForGood,
    /// No will to do harm is known.
    NoMalice,
    /// Meant to do harm.
    Malice,
    /// Nobody knows yet.
    NotKnown,
    /// The data protection officer sees it otherwise.
    Overridden,
}

impl Because {
    /// Whether the line is one that the method leaves open, and we had to read for ourselves.
    #[must_use]
    pub fn is_own_reading(self) -> bool {
        self == Self::IdentityNumber
    }
}
