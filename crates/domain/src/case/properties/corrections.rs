//! Requests that let an auditor see a case, and that take back what was a mistake.

use super::*;
use crate::case::command::{
    GrantAudit, RevokeAudit, WithdrawFulfilment, WithdrawInvolved, WithdrawMeasure,
};

pub(super) fn audits() -> impl Strategy<Value = Request> {
    (user(), words(), moment(), any::<bool>()).prop_map(|(auditor, words, until, grants)| {
        if grants {
            Request::GrantAudit(GrantAudit { auditor, purpose: words, until })
        } else {
            Request::RevokeAudit(RevokeAudit { auditor, reason: words })
        }
    })
}

pub(super) fn corrections() -> impl Strategy<Value = Request> {
    let measures = (measure(), words()).prop_map(|(measure, reason)| {
        Request::WithdrawMeasure(WithdrawMeasure { measure, reason })
    });
    let people = (user(), words())
        .prop_map(|(user, reason)| Request::WithdrawInvolved(WithdrawInvolved { user, reason }));
    let duties = words().prop_map(|reason| {
        let duty = crate::duty::tests::service().id;
        Request::WithdrawFulfilment(WithdrawFulfilment { duty, reason })
    });
    prop_oneof![2 => measures, 1 => people, 1 => duties]
}
