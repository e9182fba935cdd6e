//! The words in which `avvik assess` tells its answer.

use domain::assessment::{Band, Because, FactorKind, Flag};
use domain::case::event::Outcome;

pub(super) fn outcome(it: Outcome) -> &'static str {
    match it {
        Outcome::DocumentOnly => "Document only",
        Outcome::NotifyAuthority => "Notify the authority",
        Outcome::NotifyAuthorityAndPeople => "Notify the authority and the people",
    }
}

pub(super) fn band(it: Band) -> &'static str {
    match it {
        Band::Low => "low",
        Band::Medium => "medium",
        Band::High => "high",
        Band::VeryHigh => "very high",
    }
}

pub(super) fn flag(it: Flag) -> &'static str {
    match it {
        Flag::OverHundredPeople => "more than a hundred people",
        Flag::Unintelligible => "unreadable for whoever has it",
    }
}

pub(super) fn factor(it: FactorKind) -> &'static str {
    match it {
        FactorKind::DataContext => "data (DPC)",
        FactorKind::Identification => "ease of identification (EI)",
        FactorKind::Confidentiality => "loss of confidentiality (CB)",
        FactorKind::Integrity => "loss of integrity (CB)",
        FactorKind::Availability => "loss of availability (CB)",
        FactorKind::Malice => "malicious intent (CB)",
    }
}

pub(super) fn because(it: Because) -> &'static str {
    match it {
        Because::SimpleData => "simple data",
        Because::SimpleDataInDetail => "simple data in such detail that one sees how people live",
        Because::SensitiveGuess => "it lets one guess at something sensitive",
        Because::Endangering => "for these people it can be dangerous",
        Because::BehaviouralData => "behavioural data",
        Because::BehaviouralProfile => "enough behavioural data for a profile",
        Because::BehaviouralLittle => "behavioural data that tells little",
        Because::SensitiveProfile => "a profile that tells of something sensitive",
        Because::FinancialData => "financial data",
        Because::FinancialLittle => "some financial data without insight",
        Because::FinancialNone => "hardly more than that somebody is a customer",
        Because::FinancialInDetail => "financial data enough for fraud",
        Because::SensitiveData => "sensitive data",
        Because::SensitiveLittle => "sensitive data from which only general guesses follow",
        Because::SensitiveNone => "sensitive data that is public or without substance",
        Because::IdentifiedHardly => "hardly anybody can tell who it is",
        Because::IdentifiedByFew => "few can tell who it is",
        Because::IdentifiedEasily => "many can tell who it is",
        Because::IdentifiedAtOnce => "it says who it is",
        Because::IdentityNumber => "an identity number says who it is",
        Because::IdentificationUnknown => "not known yet, so counted in full",
        Because::NotAffected => "not affected",
        Because::ExposedOnly => "exposed, and unreadable or without a sign that anybody looked",
        Because::KnownRecipients => "to some known recipients",
        Because::UnknownRecipients => "to nobody knows how many",
        Because::ChangedNotUsed => "wrong, and not used",
        Because::UsedRecoverable => "used, and can be put right",
        Because::UsedForGood => "used, and cannot be put right",
        Because::Recovered => "there without difficulty",
        Because::GoneForATime => "gone for a time",
        Because::GoneForGood => "gone for good",
        Because::NoMalice => "none known",
        Because::Malice => "meant to do harm",
        Because::DataUnknown | Because::NotKnown => "not known yet",
        Because::Overridden => "set by the data protection officer",
    }
}
