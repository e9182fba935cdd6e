//! What was asked of a recipient, and what they confirmed.

use domain::Erasable;
use domain::case;
use domain::case::confirmation::{Confirmation, ConfirmationAsked, Disposal, Event, Misdirected};
use domain::case::inquiry::Contact;
use domain::ids::InquiryId;

use super::{text, time, uuid};

pub(super) fn examples() -> Vec<case::Event> {
    let inquiry = InquiryId(uuid(24));
    let contact = Contact { name: "Ola Nordmann".to_owned(), email: "ola@example.net".to_owned() };
    let asked = ConfirmationAsked {
        inquiry,
        recipient: Erasable::known(contact),
        misdirected: Misdirected::Email,
        content: text("A discharge summary."),
        due_at: time(300),
    };
    let confirmation = Confirmation {
        disposal: Disposal::Deleted,
        opened: true,
        passed_on: false,
        remark: Some(text("It was not for me.")),
    };
    let events = [
        Event::ConfirmationAsked(Box::new(asked)),
        Event::ConfirmationGiven { inquiry, confirmation },
    ];
    events.into_iter().map(case::Event::Confirmation).collect()
}
