//! Why the organisation said no, in a sentence for whoever sits at the command line.

use domain::organisation::Refusal;
use domain::organisation::decide::NAME_CHARACTERS_MAX;
use service::HandleError;

use crate::failure::Failure;

/// What to do about a refusal.
pub(crate) fn sentence(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NameMissing => {
            format!("a name or label is one line of 1 to {NAME_CHARACTERS_MAX} characters")
        }
        Refusal::SignInNameUnfit => {
            "a sign-in name has letters, digits, full stops, hyphens, underscores and @ alone"
                .to_owned()
        }
        Refusal::SignInNameTaken => "somebody signs in with that name already".to_owned(),
        Refusal::EmailUnfit => {
            "the e-mail address is none; write it as name@example.org".to_owned()
        }
        Refusal::UnitUnknown { unit } => format!("there is no unit {unit}"),
        Refusal::UnitTaken { unit } => format!("there is another unit {unit} already"),
        Refusal::PersonUnknown { user } => format!("there is nobody with the identifier {user}"),
        Refusal::PersonTaken { user } => format!("there is somebody else with {user} already"),
        Refusal::PersonInactive { user } => format!("{user} may no longer sign in"),
        Refusal::TokenUnknown { token } => format!("there is no token {token}"),
        Refusal::TokenTaken { token } => format!("there is another token {token} already"),
        Refusal::TokenExpired => "a token stops working some time after it is issued".to_owned(),
        Refusal::OnlyAnAdministrator => "only an administrator may do that".to_owned(),
        Refusal::CategoryVersionTaken => {
            "the category was changed without raising its version".to_owned()
        }
        Refusal::DutyVersionTaken => "the duty was changed without raising its version".to_owned(),
        Refusal::RulebookVersionTaken => {
            "the rulebook was changed without raising its version".to_owned()
        }
        Refusal::LastAdministrator => "the last administrator cannot be let go".to_owned(),
        Refusal::TooManyFilters => "there is room for no more filters".to_owned(),
        Refusal::AbsenceIsOver => "an absence must last until some time from now".to_owned(),
        Refusal::NothingUnusual => "nothing unusual was found there".to_owned(),
        Refusal::OwnReading => "nobody looks into their own reading".to_owned(),
        Refusal::NotTheirsToReview => {
            "an officer looks into unusual reading, and an auditor into an officer's own".to_owned()
        }
        Refusal::FindingMissing => "say what was found".to_owned(),
    }
}

/// A refusal as what it is, and anything else as a failure of the house at that step.
pub(crate) fn failure(step: &'static str) -> impl Fn(HandleError) -> Failure {
    move |error| match error {
        HandleError::Refused(service::Refusal::Organisation(refusal)) => {
            Failure::Refused { reason: sentence(&refusal) }
        }
        other => Failure::house(step)(other),
    }
}
