//! Events with what was added to them, as an optional field, after their form was set.

use domain::case::attachment::{Attachment, AttachmentSource};
use domain::case::inquiry::{InquiryMade, Respondent};
use domain::case::letter::{self, Channel, Obstacle, Progress};
use domain::case::{self, Event as E};
use domain::ids::{AttachmentId, InquiryId, UserId};
use domain::{Erasable, Event};

use super::{text, uuid};

/// One example of every event that something was added to, with what was added.
pub(in crate::schema::golden) fn added() -> Vec<Event> {
    let posted = letter::Event::DeliveryRecorded {
        letter: 1,
        channel: Channel::DigitalPost,
        progress: Progress::Sent,
        recipients: [3, 4].into(),
        consignments: Some(vec![(3, uuid(73)), (4, uuid(74))]),
    };
    let gave_up = letter::Event::DispatchStopped { letter: 1, because: Some(Obstacle::HeldBack) };
    let events: Vec<case::Event> = vec![
        E::Letter(posted),
        E::Letter(gave_up),
        E::AttachmentAdded(Box::new(with_an_answer())),
        E::InquiryMade(Box::new(with_a_file())),
        E::CaseClosed { grounds: Some(text("Statsforvalteren er varslet av sykehuset.")) },
    ];
    events.into_iter().map(Event::Case).collect()
}

/// A question with which a file of the case is shown.
fn with_a_file() -> InquiryMade {
    InquiryMade {
        inquiry: InquiryId(uuid(33)),
        respondent: Respondent::Member(UserId(uuid(7))),
        text: text("Er dette deres logg?"),
        due_at: super::time(48),
        files: [AttachmentId(uuid(32))].into(),
    }
}

/// A file that came with an answer to a question.
fn with_an_answer() -> Attachment {
    let reported = super::attachment();
    Attachment {
        attachment: AttachmentId(uuid(32)),
        source: AttachmentSource::Handling,
        file: Erasable::known(reported.file.get().cloned().expect("a file that is known")),
        inquiry: Some(InquiryId(uuid(33))),
        ..reported
    }
}
