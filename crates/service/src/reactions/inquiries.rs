//! Who is told of a question to somebody who is to help: whoever was asked, and whoever asked.

use domain::case::inquiry::{Reminder, Respondent};
use domain::case::{Event, OpenCase, confirmation};
use domain::ids::InquiryId;

use super::{News, Recipient};

/// What an inquiry's respondent is told, and what whoever handles the case is.
pub(super) fn told(
    case: Option<&OpenCase>,
    event: &Event,
) -> (Option<(Recipient, News)>, Option<News>) {
    use confirmation::Event::{ConfirmationAsked, ConfirmationGiven};
    match event {
        Event::InquiryMade(made) => {
            (Some((respondent(made.inquiry, &made.respondent), News::Inquiry(made.inquiry))), None)
        }
        Event::Confirmation(ConfirmationAsked(asked)) => {
            let to = Recipient::Respondent { respondent: asked.inquiry };
            (Some((to, News::Confirmation(asked.inquiry))), None)
        }
        Event::InquiryReminded { inquiry, reminder } => {
            let asked = case.and_then(|case| case.inquiries.get(inquiry));
            let reminded = asked.map(|it| {
                let news = match it.confirming {
                    Some(_) => News::Confirmation(*inquiry),
                    None => News::InquiryReminder(*inquiry),
                };
                (respondent(*inquiry, &it.respondent), news)
            });
            (reminded, (*reminder == Reminder::Due).then_some(News::InquiryOverdue))
        }
        Event::InquiryAnswered { .. } | Event::Confirmation(ConfirmationGiven { .. }) => {
            (None, Some(News::InquiryAnswered))
        }
        _ => (None, None),
    }
}

/// Whoever is still asked something that waits for no answer any more, since it was taken back or
/// the case has ended. Whoever is to confirm that something is gone is not told: it is to be gone
/// all the same.
pub(super) fn over(case: Option<&OpenCase>, event: &Event) -> Vec<(Recipient, News)> {
    let is_over = |of: &InquiryId| match event {
        Event::InquiryWithdrawn { inquiry, .. } => inquiry == of,
        Event::CaseClosed { .. }
        | Event::ClosedAsNotADeviation { .. }
        | Event::CaseMerged { .. } => true,
        _ => false,
    };
    let open = case
        .into_iter()
        .flat_map(|case| &case.inquiries)
        .filter(|(id, it)| is_over(id) && it.is_open() && it.confirming.is_none());
    open.map(|(id, it)| (respondent(*id, &it.respondent), News::InquiryOver)).collect()
}

fn respondent(inquiry: InquiryId, respondent: &Respondent) -> Recipient {
    match respondent {
        Respondent::Member(user) => Recipient::User(*user),
        Respondent::Outside(_) => Recipient::Respondent { respondent: inquiry },
    }
}
