//! The duty to tell the authority what a first notice left out.

use domain::notification::{Completeness, NoticeContent, NoticeSent};

use super::*;

#[test]
fn what_a_first_notice_left_out_is_owed_until_it_is_told() {
    let sent = |completeness| NoticeSent {
        content: Some(Box::new(NoticeContent {
            template: "edpb-1-0".parse().unwrap(),
            version: 1,
            completeness,
            labels: std::collections::BTreeMap::new(),
            fields: domain::Erasable::known(Vec::new()),
        })),
        ..NoticeSent::default()
    };
    let first = |completeness| Event::AuthorityNotified {
        sent_at: at("2026-03-28 10:00"),
        reference: "AR1".to_owned(),
        reasons_for_delay: None,
        notice: sent(completeness),
    };
    let more = |completeness| Event::NotificationSupplemented {
        sent_at: at("2026-04-02 10:00"),
        reference: "AR1".to_owned(),
        notice: sent(completeness),
    };
    let withdrawn = Event::NotificationWithdrawn {
        sent_at: at("2026-04-02 10:00"),
        reference: "AR1".to_owned(),
        reasons: domain::Erasable::known("no breach".to_owned()),
        notice: NoticeSent::default(),
    };
    let discovered_at = "2026-03-27 15:30";
    let of = |events: &[Event]| judged("supplement-no", No, &case(discovered_at, events));
    assert_eq!(of(&[first(Completeness::Complete)]).verdict, Verdict::No);
    let owed = of(&[first(Completeness::Incomplete)]);
    assert_eq!(owed.verdict, Verdict::Yes);
    assert_eq!(owed.due_at.map(local).as_deref(), Some("2026-04-25 23:59:59"));
    let still = of(&[first(Completeness::Incomplete), more(Completeness::Incomplete)]);
    assert_eq!(still.running_until(), owed.due_at);
    let done = of(&[first(Completeness::Incomplete), more(Completeness::Complete)]);
    assert_eq!(done.ended_at.map(local).as_deref(), Some("2026-04-02 10:00:00"));
    let taken_back = [first(Completeness::Incomplete), withdrawn];
    assert_eq!(of(&taken_back).verdict, Verdict::No, "nothing is left to supplement");
    let clock = judged("gdpr-33", No, &case(discovered_at, &taken_back));
    assert_eq!(clock.ended_at, None, "it runs again");
    assert_eq!(clock.due_at.map(local).as_deref(), Some("2026-03-30 16:30:00"), "from its start");
}
