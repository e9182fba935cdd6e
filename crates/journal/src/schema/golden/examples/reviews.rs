//! Examples of what happens in a management review.

use domain::case::attachment::{AttachedFile, Attachment, AttachmentSource, FileKind};
use domain::case::dealings::Effect;
use domain::case::inquiry::Reminder;
use domain::case::letter::KeptFile;
use domain::ids::{AttachmentId, InquiryId, ResolutionId, ReviewId, UserId};
use domain::review::event::{Approval, Basis};
use domain::review::{AgendaItem, Event as E, ReviewNumber};
use domain::{Erasable, Position};

use super::{text, time, uuid};

pub(super) fn examples() -> Vec<E> {
    let mut events = prepared();
    events.extend(held());
    events
}

fn prepared() -> Vec<E> {
    let inquiry = InquiryId(uuid(71));
    vec![
        E::ReviewBegun {
            number: ReviewNumber { year: 2026, sequence: 1 },
            first: time(-8_760).date_naive(),
            last: time(-24).date_naive(),
            previous: Some(ReviewId(uuid(70))),
        },
        E::ParticipantsNamed { participants: [UserId(uuid(2)), UserId(uuid(3))].into() },
        E::BasisPrepared(Basis { position: Position(4_711), template: 1 }),
        E::ItemWritten {
            item: AgendaItem::Threats,
            version: 2,
            text: text("Flere forsøk på å lure fra oss passord."),
        },
        E::FileAttached { item: AgendaItem::AuditResults, file: Box::new(file()) },
        E::InputAsked {
            inquiry,
            item: AgendaItem::BuildingChanges,
            of: UserId(uuid(3)),
            text: text("Hva er flyttet eller bygd om?"),
            due_at: time(48),
        },
        E::InputReminded { inquiry, reminder: Reminder::BeforeDue },
        E::InputGiven { inquiry, text: text("Arkivet er flyttet til kjelleren.") },
        E::InputWithdrawn { inquiry, reason: text("Vi vet det allerede.") },
        E::ReviewAbandoned { reason: text("Begynt for feil år.") },
    ]
}

fn held() -> Vec<E> {
    let resolution = ResolutionId(uuid(72));
    let document =
        KeptFile { file: AttachmentId(uuid(74)), length: 65_536, sha256: text(&"c3".repeat(32)) };
    let made_from = Basis { position: Position(4_800), template: 1 };
    vec![
        E::ResolutionTaken {
            resolution,
            item: AgendaItem::Deviations,
            text: text("Kurs for alle som sender brev."),
            owner: UserId(uuid(3)),
            due_at: time(2_160),
            carries_over: Some(ResolutionId(uuid(69))),
        },
        E::ResolutionDropped { resolution, reason: text("Ble ikke vedtatt.") },
        E::ReviewHeld { held_at: time(72), participants: [UserId(uuid(2))].into() },
        E::MinutesWritten { version: 1, text: text("Ledelsen gikk gjennom året.") },
        E::ReviewSubmitted {},
        E::ReviewReturned { reason: text("Hvem betaler?") },
        E::ReviewApproved(Box::new(Approval { made_from, document, next_due_at: time(8_832) })),
        E::ResolutionCarriedOut { resolution, account: text("Alle har vært på kurs.") },
        E::ResolutionEffectReviewed {
            resolution,
            effect: Effect::Partly,
            finding: text("Færre brev går feil."),
        },
        E::ResolutionReminded { resolution, reminder: Reminder::Due },
        E::NextReviewReminded { reminder: Reminder::Due },
    ]
}

fn file() -> Attachment {
    Attachment {
        attachment: AttachmentId(uuid(73)),
        source: AttachmentSource::Handling,
        kind: FileKind::Pdf,
        length: 2_048,
        file: Erasable::known(AttachedFile {
            name: "revisjon.pdf".to_owned(),
            description: "Rapport fra internrevisjonen".to_owned(),
            sha256: "d4".repeat(32),
        }),
        inquiry: None,
    }
}
