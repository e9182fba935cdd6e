//! `/post`: mails that have not gone out, and another try at once.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::Time;
use domain::ids::CaseNumber;
use service::post::Waiting;
use service::reactions::{News, Recipient};
use service::{LookUpError, NextAttempt};
use uuid::Uuid;

use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::forms::{Form, Posted};
use crate::identity::{Person, Sent};
use crate::names::Names;
use crate::page::Page;
use crate::routes;

const FAMILY: &str = "post";

/// The hidden field that says which mail.
const MESSAGE: &str = "message";

#[derive(Template)]
#[template(path = "post.html")]
struct PostPage {
    page: Page,
    form: Form,
    mails: Vec<Mail>,
}

/// A mail that waits.
struct Mail {
    message: Uuid,
    to: String,
    number: Option<CaseNumber>,
    news: String,
    attempts: u32,
    next: Next,
}

/// When a mail is tried next.
enum Next {
    AtOnce,
    At(Time),
    Never,
}

/// `GET /post`
pub(crate) async fn list(State(app): State<App>, person: Person) -> Result<Response, Fault> {
    let Person { page, who, .. } = person;
    let waiting = app.service().waiting_post(&who, routes::POST).await?;
    let names = Names::new(&app, &page);
    let mails = waiting.iter().map(|it| mail(&page, &names, it)).collect();
    let form = Form::new(&page, FAMILY, Posted::default());
    Ok(answer::page(&PostPage { page, form, mails }))
}

/// `POST /post/resend`. One that has gone out in the meantime is no longer in the list.
pub(crate) async fn resend(
    State(app): State<App>,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let message: Uuid = form.text(MESSAGE).parse().map_err(|_| Fault::Unreadable)?;
    match app.service().resend(&by.who, message).await {
        Ok(()) | Err(LookUpError::NotFound) => Ok(answer::go(routes::POST)),
        Err(error) => Err(error.into()),
    }
}

fn mail(page: &Page, names: &Names, waiting: &Waiting) -> Mail {
    Mail {
        message: waiting.message,
        to: match waiting.to {
            Recipient::User(user) => names.person(user),
            // The case alone knows who it is.
            Recipient::Respondent { .. } => page.say("post-outside"),
            Recipient::Archive { .. } => page.say("post-archive"),
            Recipient::Reporter(_) => page.say("post-reporter"),
            Recipient::People { .. } => page.say("post-people"),
        },
        number: waiting.number,
        news: news(page, waiting.news),
        attempts: waiting.attempts,
        next: next(waiting.next, page.now()),
    }
}

fn next(next: NextAttempt, now: Time) -> Next {
    match next {
        NextAttempt::NotBefore(at) if now < at => Next::At(at),
        NextAttempt::AtOnce | NextAttempt::NotBefore(_) => Next::AtOnce,
        NextAttempt::Never => Next::Never,
    }
}

fn news(page: &Page, news: News) -> String {
    match news {
        News::NewReport => page.say("post-news-new_report"),
        News::SevereReport => page.say("post-news-severe_report"),
        News::ReporterWrote => page.say("post-news-reporter_wrote"),
        News::Stage(stage) if stage.hours_left == 0 => page.say("post-news-overdue"),
        News::Stage(stage) => {
            page.say_with("post-news-stage", &[("hours", u32::from(stage.hours_left))])
        }
        News::DutyStage(stage) if stage.hours_left == 0 => page.say("post-news-duty_overdue"),
        News::DutyStage(stage) => {
            page.say_with("post-news-duty_stage", &[("hours", u32::from(stage.hours_left))])
        }
        News::YourMeasure(_) => page.say("post-news-your_measure"),
        News::MeasureReminder(_) => page.say("post-news-measure_reminder"),
        News::MeasureDropped => page.say("post-news-measure_dropped"),
        News::MeasureOverdue => page.say("post-news-measure_overdue"),
        News::MemoWaits => page.say("post-news-memo_waits"),
        News::NotificationWithdrawn => page.say("post-news-notification_withdrawn"),
        News::Returned => page.say("post-news-returned"),
        News::Assigned => page.say("post-news-assigned"),
        News::Inquiry(_) => page.say("post-news-inquiry"),
        News::InquiryReminder(_) => page.say("post-news-inquiry_reminder"),
        News::Confirmation(_) => page.say("post-news-confirmation"),
        News::InquiryAnswered => page.say("post-news-inquiry_answered"),
        News::InquiryOverdue => page.say("post-news-inquiry_overdue"),
        News::InquiryOver => page.say("post-news-inquiry_over"),
        News::ContributionGiven => page.say("post-news-contribution_given"),
        News::EffectReviewDue => page.say("post-news-effect_review_due"),
        News::OpenedOutsideRole => page.say("post-news-opened_outside_role"),
        News::YourAudit => page.say("post-news-your_audit"),
        News::AuditGranted => page.say("post-news-audit_granted"),
        News::YourReport(_) => page.say("post-news-your_report"),
        News::Letter => page.say("post-news-letter"),
        News::LetterStopped => page.say("post-news-letter_stopped"),
        News::NotArchived => page.say("post-news-not_archived"),
        News::UnusualAccess => page.say("post-news-unusual_access"),
        News::Review { review, .. } => {
            page.say_with("post-news-review", &[("number", review.to_string())])
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn a_mail_whose_time_has_come_is_tried_at_once() {
        let now = Time::default() + TimeDelta::days(20_000);
        assert!(matches!(next(NextAttempt::NotBefore(Time::default()), now), Next::AtOnce));
        assert!(matches!(next(NextAttempt::NotBefore(now), now), Next::AtOnce));
        let later = now + TimeDelta::minutes(5);
        assert!(matches!(next(NextAttempt::NotBefore(later), now), Next::At(at) if at == later));
        assert!(matches!(next(NextAttempt::Never, now), Next::Never));
    }
}
