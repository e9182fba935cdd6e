//! One example of every event of notifying the authority, besides the oldest.

use chrono::NaiveDate;
use domain::notification::{
    Completeness, FieldId, NoticeChannel, NoticeContent, NoticeSent, SentField, Value,
};

use super::*;

pub(super) fn examples() -> Vec<case::Event> {
    use case::Event as E;
    let reference = || "AR612345678".to_owned();
    let own = [
        (FieldId(62), Value::Text("En telefon ble glemt på bussen.".to_owned())),
        (FieldId(65), Value::Several(["patients".parse().unwrap()].into())),
        (FieldId(68), Value::Number(12)),
        (FieldId(99), Value::Day(day())),
    ];
    vec![
        E::NotificationDrafted { version: 2, fields: Erasable::known(own.into()) },
        E::NotificationSupplemented { sent_at: time(120), reference: reference(), notice: sent() },
        E::NotificationWithdrawn {
            sent_at: time(130),
            reference: reference(),
            reasons: text("Telefonen lå i garderoben."),
            notice: NoticeSent { content: None, ..sent() },
        },
    ]
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 4, 1).unwrap()
}

fn sent() -> NoticeSent {
    let label = |id, words: &str| (FieldId(id), words.to_owned());
    let field = |id, value, words: &[&str]| SentField {
        field: FieldId(id),
        value,
        words: words.iter().map(|it| (*it).to_owned()).collect(),
    };
    let fields = vec![
        field(48, Value::Moment(time(1)), &[]),
        field(60, Value::One("device-lost".parse().unwrap()), &["Utstyr er mistet eller stjålet"]),
        field(65, Value::Several(["patients".parse().unwrap()].into()), &["Pasienter"]),
        field(68, Value::Number(12), &[]),
        field(99, Value::Day(day()), &[]),
    ];
    NoticeSent {
        channel: Some(NoticeChannel::Portal),
        receipt: Some(AttachmentId(uuid(40))),
        content: Some(Box::new(NoticeContent {
            template: "edpb-1-0".parse().unwrap(),
            version: 1,
            completeness: Completeness::Incomplete,
            labels: [
                label(48, "Når virksomheten ble kjent med avviket"),
                label(60, "Hva slags hendelse er det?"),
                label(65, "Hvem gjelder opplysningene?"),
                label(68, "Antall personer"),
                label(99, "Når de skal få vite det"),
            ]
            .into(),
            fields: Erasable::known(fields),
        })),
    }
}
