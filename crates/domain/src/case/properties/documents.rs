//! Generated requests about the documents of a case.

use proptest::prelude::*;

use super::super::document::{ExemptPassage, Request};
use super::super::memo::{Memo, MemoPart};
use super::super::spec::memo;
use super::words;

pub(super) fn requests() -> impl Strategy<Value = Request> {
    let drafts = words().prop_map(|rules| Box::new(Memo { rules, ..memo() }));
    let passage = |reason| {
        let (part, passage) = (MemoPart::Orientation, memo().orientation);
        ExemptPassage { part, passage, ground: "offl. § 13".to_owned(), reason }
    };
    let (part, given) = (MemoPart::Orientation, memo().orientation);
    prop_oneof![
        drafts.prop_map(Request::DraftMemo),
        words().prop_map(move |reason| Request::ExemptPassage(passage(reason))),
        Just(Request::GivePassage { part, passage: given }),
    ]
}
