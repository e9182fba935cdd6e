//! `avvik token`: a bearer token for the API, also while the service runs.

use chrono::TimeDelta;
use domain::Time;
use serde::{Deserialize, Serialize};
use service::{Clock, Service};

use crate::arguments::Token;
use crate::control::{self, Answer, ControlError, Question};
use crate::failure::Failure;
use crate::output::{remark, say};
use crate::settings::{Flags, Settings};
use crate::{refusal, start};

/// A token as it is asked for.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// The sign-in name of whom it acts for.
    user: String,
    /// What it is used for.
    label: String,
    /// Days until it stops working.
    days: u16,
}

/// A token that was issued. It is kept nowhere.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Issued {
    token: String,
    expires_at: Time,
}

/// Tokens stay out of logs.
impl std::fmt::Debug for Issued {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Issued").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

/// Issues a token: by the service that runs, or by one opened for the purpose.
pub(crate) async fn run(asked: Token) -> Result<(), Failure> {
    let flags = Flags { data_dir: asked.place.data_dir, listen: None };
    let settings = Settings::load(asked.place.config.as_deref(), flags)?;
    let wanted =
        Question::IssueToken(Wanted { user: asked.user, label: asked.label, days: asked.days });
    let answer = control::ask(&settings.data_dir, &wanted).map_err(Failure::Control)?;
    let issued = match (answer, wanted) {
        (Some(Answer::Issued(issued)), _) => issued,
        (Some(Answer::Refused(reason)), _) => return Err(Failure::Refused { reason }),
        (None, Question::IssueToken(wanted)) => {
            let for_service = settings.for_service(settings.server.listen)?;
            let service = start::open(for_service, Clock::system()).await?;
            let issued = issue(&service, wanted).await;
            service.close().await;
            issued?
        }
        _ => return Err(Failure::Control(ControlError::OtherAnswer)),
    };
    tell(&issued, asked.json)
}

/// Issues a token through an open service.
pub(crate) async fn issue(service: &Service, wanted: Wanted) -> Result<Issued, Failure> {
    let user = service
        .organisation()
        .signs_in_as(&wanted.user)
        .map(|(user, _)| user)
        .ok_or(Failure::NobodySignsIn)?;
    let expires_at = service.now() + TimeDelta::days(i64::from(wanted.days));
    let token = service.issue_token(None, user, wanted.label, wanted.days).await;
    let token = token.map_err(refusal::failure("the token could not be issued"))?;
    Ok(Issued { token, expires_at })
}

/// The token alone on standard output, for scripts; what it is beside it.
fn tell(issued: &Issued, json: bool) -> Result<(), Failure> {
    if json {
        let json = serde_json::to_string(issued).expect("a token has text keys alone");
        return say(&json);
    }
    let until = issued.expires_at.date_naive();
    remark(&format!("The token, printed this once. It works until {until}:"));
    say(&issued.token)
}
