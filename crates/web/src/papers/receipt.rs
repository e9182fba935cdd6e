//! The signed receipt of a report, as a document for whoever reported.

use documents::{Block, Document};
use service::SignedOf;

use super::{Heading, Office};

/// The receipt, with its text as it was signed: that is what a check is made of.
pub(crate) fn document(office: &Office, told: &SignedOf, signed: &str) -> Document {
    let wording = &office.wording;
    let blocks = vec![
        Block::facts([
            (office.say("receipt-number"), told.case.clone()),
            (office.say("paper-receipt-received"), wording.moment(told.at).words().to_owned()),
        ]),
        Block::text(office.say("paper-receipt-about")),
        Block::heading(office.say("receipt-signed-heading")),
        Block::Note { label: office.say("paper-receipt-signed"), text: signed.trim().to_owned() },
        Block::text(office.say("paper-receipt-check")),
    ];
    let heading = Heading {
        identity: format!("{} receipt", told.case),
        title: office.say("paper-receipt"),
        about: wording.say_with("paper-about", &[("number", told.case.clone())]),
        at: told.at,
    };
    office.document(heading, blocks)
}
