//! What is asked of a case by and for those who are to help with it.

use std::collections::BTreeSet;

use super::*;
use crate::case::command::{AnswerInquiry, Join, MakeLink, ReviewEffect};
use crate::case::confirmation::{self, Confirmation, ConfirmationAsked, Disposal, Misdirected};
use crate::case::dealings::{Correspondence, Direction, Effect, OtherCase, Referral, ReferralKind};
use crate::case::inquiry::{Contact, InquiryMade, LinkHash, Respondent};
use crate::ids::{CaseId, CaseNumber, InquiryId};

fn inquiry() -> impl Strategy<Value = InquiryId> {
    (0..2u128).prop_map(|n| InquiryId(Uuid::from_u128(n)))
}

fn link() -> impl Strategy<Value = LinkHash> {
    prop_oneof![Just("ab"), Just("cd")].prop_map(|hash| LinkHash(hash.to_owned()))
}

fn respondent() -> impl Strategy<Value = Respondent> {
    let contact = Contact { name: "Visma".to_owned(), email: "post@example.org".to_owned() };
    prop_oneof![
        user().prop_map(Respondent::Member),
        Just(Respondent::Outside(Erasable::known(contact))),
    ]
}

fn other() -> impl Strategy<Value = OtherCase> {
    (15..19u32).prop_map(|sequence| OtherCase {
        case: CaseId(Uuid::from_u128(u128::from(sequence))),
        number: CaseNumber { year: 2026, sequence },
    })
}

fn join() -> impl Strategy<Value = Join> {
    (other(), words()).prop_map(|(OtherCase { case, number }, reason)| Join {
        number,
        case,
        reason,
    })
}

fn asked() -> impl Strategy<Value = Request> {
    prop_oneof![
        (inquiry(), respondent(), words(), moment()).prop_map(
            |(inquiry, respondent, text, due_at)| {
                let files = BTreeSet::new();
                let made = InquiryMade { inquiry, respondent, text, due_at, files };
                Request::Inquire(Box::new(made))
            }
        ),
        (inquiry(), link()).prop_map(|(inquiry, hash)| {
            Request::MakeLink(MakeLink { inquiry, hash, expires_at: monday(300) })
        }),
        (inquiry(), words(), prop::option::of(link())).prop_map(|(inquiry, text, link)| {
            Request::AnswerInquiry(AnswerInquiry { inquiry, text, files: Vec::new(), link })
        }),
        (inquiry(), words())
            .prop_map(|(about, text)| Request::WithdrawInquiry(Text { about, text })),
        confirming(),
        Just(Request::Remind { before: TimeDelta::hours(24) }),
    ]
}

fn confirming() -> impl Strategy<Value = Request> {
    let ask = (inquiry(), words(), moment()).prop_map(|(inquiry, content, due_at)| {
        let contact = Contact { name: "Ola".to_owned(), email: "ola@example.net".to_owned() };
        confirmation::Request::Ask(Box::new(ConfirmationAsked {
            inquiry,
            recipient: Erasable::known(contact),
            misdirected: Misdirected::Email,
            content,
            due_at,
        }))
    });
    let give = (inquiry(), link(), prop::bool::ANY).prop_map(|(inquiry, link, opened)| {
        let disposal = if opened { Disposal::Deleted } else { Disposal::Returned };
        let confirmation = Confirmation { disposal, opened, passed_on: false, remark: None };
        confirmation::Request::Give { inquiry, link, confirmation }
    });
    prop_oneof![ask, give].prop_map(Request::Confirmation)
}

fn kept() -> impl Strategy<Value = Request> {
    let effect = prop_oneof![Just(Effect::Works), Just(Effect::Not)];
    prop_oneof![
        words().prop_map(Request::Contribute),
        words().prop_map(Request::AddNote),
        (measure(), effect, words()).prop_map(|(measure, effect, finding)| {
            Request::ReviewEffect(ReviewEffect { measure, effect, finding })
        }),
        (words(), words(), moment()).prop_map(|(to, subject, referred_at)| {
            let kind = ReferralKind::PersonnelMatter;
            let referral = Referral { kind, to, subject, referred_at, reference: None };
            Request::Refer(Box::new(referral))
        }),
        (words(), moment()).prop_map(|(summary, dated_at)| {
            let (direction, reference) = (Direction::Outgoing, "26/1".to_owned());
            let on_notification = false;
            Request::RecordCorrespondence(Box::new(Correspondence {
                direction,
                dated_at,
                reference,
                summary,
                on_notification,
            }))
        }),
    ]
}

/// Any of them.
pub(super) fn any() -> impl Strategy<Value = Request> {
    prop_oneof![
        4 => asked().boxed(),
        3 => kept().boxed(),
        1 => join().prop_map(Request::Link).boxed(),
        1 => join().prop_map(Request::Merge).boxed(),
        1 => (other(), moment())
            .prop_map(|(other, aware_at)| Request::TakeInDuplicate { other, aware_at })
            .boxed(),
    ]
}
