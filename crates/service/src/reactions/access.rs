//! Who is told that somebody is let see a case whom no role shows it.

use domain::Role;
use domain::case::access::Event;
use domain::organisation::Organisation;

use super::{News, Recipient};

/// The data protection officers, at once; and an auditor, of what they were granted.
pub(super) fn told(event: &Event, organisation: &Organisation) -> Vec<(Recipient, News)> {
    let officers = |news| {
        let officers = organisation.holders(Role::Dpo);
        officers.map(move |(user, _)| (Recipient::User(user), news))
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
