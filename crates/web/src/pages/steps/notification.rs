//! Recording that the authority was notified.

use domain::case::{Refusal, Request, command};
use domain::notification::NoticeKind;
use service::Step;
use service::secrets::FormKey;

use super::desk::{Desk, Fact, Input};
use super::{StepForm, said};
use crate::forms::{Form, Posted, Problem, Reader};

pub(super) struct Notification;

impl StepForm for Notification {
    fn step(&self) -> Step {
        Step::RecordNotification
    }

    fn name(&self) -> &'static str {
        "notification"
    }

    fn prefilled(&self, desk: &Desk) -> Posted {
        Posted::default().and("sent_at", desk.now())
    }

    fn facts(&self, desk: &Desk) -> Vec<Fact> {
        let due_at = desk.known().clock.deadline.due_at();
        vec![desk.fact("notification-due", desk.moment(due_at))]
    }

    fn obstacle(&self, desk: &Desk) -> Option<Refusal> {
        let authority = &desk.known().authority;
        let sent = || {
            let notified = authority.notified.as_ref()?;
            Some(Refusal::AlreadyNotified { sent_at: notified.sent_at })
        };
        let not_to = || authority.is_settled().then_some(Refusal::DecidedNotToNotify);
        desk.closed().or_else(sent).or_else(not_to)
    }

    fn inputs(&self, desk: &Desk, form: &Form) -> Vec<Input> {
        let is_late = desk.known().clock.deadline.is_late(desk.page.now());
        let note = if is_late { "notification-late" } else { "notification-in-time" };
        let reasons = form.field("reasons_for_delay").marked(desk.page.say(note));
        vec![
            Input::Moment(form.field("sent_at")),
            Input::Line(form.field("reference")),
            Input::Area(reasons, 4),
        ]
    }

    fn read(&self, mut reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let sent_at = reader.required_moment("sent_at");
        let reference = reader.required_text("reference");
        let reasons_for_delay = reader.optional_text("reasons_for_delay").map(said);
        reader.finish(|| {
            let sent_at = sent_at?;
            let it = command::RecordNotification {
                kind: NoticeKind::Initial,
                sent_at,
                reference,
                reasons: reasons_for_delay,
                channel: None,
                completeness: None,
                seen: None,
                receipt: None,
                book: None,
            };
            Some(vec![Request::RecordNotification(it)])
        })
    }
}
