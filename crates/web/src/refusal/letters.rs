//! Why nothing was done with a letter: the status and the sentence.

use axum::http::StatusCode;
use domain::case::letter::Refusal;

use crate::page::Page;

pub(super) fn status(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::LetterUnknown => StatusCode::NOT_FOUND,
        Refusal::OnlyTheControllerSigns | Refusal::EmailIsTheOfficers => StatusCode::FORBIDDEN,
        Refusal::LetterIncomplete { .. }
        | Refusal::NotByEmail { .. }
        | Refusal::RecipientsOutOfBounds
        | Refusal::NotOnTheList
        | Refusal::HasNoRecipients
        | Refusal::AddressProtected => StatusCode::UNPROCESSABLE_ENTITY,
        Refusal::TooManyLetters
        | Refusal::NothingToSign
        | Refusal::ChangedSinceRead
        | Refusal::NotSigned
        | Refusal::NoDigitalPost
        | Refusal::DispatchNotStarted => StatusCode::CONFLICT,
    }
}

pub(super) fn sentence(page: &Page, key: &str, refusal: &Refusal) -> String {
    let places: Vec<String> = match refusal {
        Refusal::LetterIncomplete { missing } => missing
            .iter()
            .map(|(language, part)| {
                let part = page.term("letter_part", part);
                format!("{part} ({})", page.term("letter_language", language))
            })
            .collect(),
        Refusal::NotByEmail { findings } => findings
            .iter()
            .map(|(language, it)| {
                let what = page.term("guarded", &it.what);
                let arguments = [
                    ("what", what),
                    ("part", page.term("mail_part", &it.part)),
                    ("line", it.line.to_string()),
                    ("column", it.column.to_string()),
                    ("language", page.term("letter_language", language)),
                ];
                page.say_with("letter-finding", &arguments)
            })
            .collect(),
        _ => return page.say(key),
    };
    page.say_with(key, &[("places", places.join("; "))])
}
