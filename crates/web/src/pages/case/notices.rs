//! What was sent to the authority, on the page of its case.

use domain::notification::NoticeSent;

use super::wording::{Fact, Wording};

/// What is kept of a notice besides its time and its reference.
pub(super) fn of_notice(wording: &Wording, it: &NoticeSent) -> Vec<Fact> {
    let channel = it.channel.map(|channel| wording.term("notice_channel", channel));
    let completeness = it.content.as_ref().map(|content| content.completeness);
    let completeness = completeness.map(|it| wording.term("completeness", it));
    let channel = channel.map(|words| wording.fact("case-notice-channel", words));
    let completeness = completeness.map(|words| wording.fact("case-notice-completeness", words));
    channel.into_iter().chain(completeness).collect()
}
