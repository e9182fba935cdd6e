//! Who is told that somebody is let see a case whom no role shows it.

use domain::case::OpenCase;
use domain::case::access::Event;
use domain::organisation::Organisation;

use super::{News, Recipient, officers};

/// The data protection officers, at once, or the controller where every officer is involved; and an
/// auditor, of what they were granted.
pub(super) fn told(
    case: Option<&OpenCase>,
    event: &Event,
    organisation: &Organisation,
) -> Vec<(Recipient, News)> {
    let officers = |news| {
        let officers = officers::officers(case, organisation);
        officers.into_iter().map(move |user| (Recipient::User(user), news))
    };
    match event {
        Event::CaseOpenedOutsideRole { .. } => officers(News::OpenedOutsideRole).collect(),
        Event::AuditGranted { auditor, .. } => {
            let own = std::iter::once((Recipient::User(*auditor), News::YourAudit));
            own.chain(officers(News::AuditGranted)).collect()
        }
        Event::OpeningReviewed { .. } | Event::AuditRevoked { .. } => Vec::new(),
    }
}
