//! What is told of recipients who are to confirm that what they got by mistake is gone.

use domain::Erasable;
use domain::case::Event;
use domain::case::confirmation::{
    Confirmation, ConfirmationAsked, Disposal, Event as Confirmed, Misdirected,
};
use domain::case::inquiry::Contact;
use domain::ids::InquiryId;
use uuid::Uuid;

/// One of every such event.
pub(super) fn told() -> Vec<(Event, &'static str)> {
    let inquiry = InquiryId(Uuid::from_u128(77));
    let text = |text: &str| Erasable::known(text.to_owned());
    let contact = Contact { name: "Ola".to_owned(), email: "ola@example.net".to_owned() };
    let asked = ConfirmationAsked {
        inquiry,
        recipient: Erasable::known(contact),
        misdirected: Misdirected::Email,
        content: text("En epikrise"),
        due_at: super::at(12),
    };
    let confirmation = Confirmation {
        disposal: Disposal::Deleted,
        opened: true,
        passed_on: false,
        remark: Some(text("Beklager")),
    };
    let told = [
        (
            Confirmed::ConfirmationAsked(Box::new(asked)),
            "Ola ble bedt om å bekrefte at det er slettet",
        ),
        (
            Confirmed::ConfirmationGiven { inquiry, confirmation },
            "En mottaker svarte: Slettet eller makulert, også kopier og papirkurven",
        ),
    ];
    told.into_iter().map(|(event, what)| (Event::Confirmation(event), what)).collect()
}
