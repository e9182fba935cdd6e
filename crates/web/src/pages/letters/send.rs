//! Signing a letter, sending it, and recording how it went.

use std::collections::BTreeSet;

use axum::extract::{FromRequestParts, Path, Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use domain::case::Request;
use domain::case::letter::{Channel, Numbered, Progress, RecordDelivery, Request as Asked};
use serde::Deserialize;
use service::Paper;
use service::secrets::FormKey;

use super::LetterPath;
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::forms::Posted;
use crate::identity::{Person, Sent};
use crate::pages::documents::AskedThen;
use crate::routes;

/// The bundle an address names.
pub(crate) struct AtBundle(usize);

#[derive(Deserialize)]
struct JustBundle {
    bundle: usize,
}

impl FromRequestParts<App> for AtBundle {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let path = Path::<JustBundle>::from_request_parts(parts, app).await;
        path.map(|Path(path)| Self(path.bundle)).map_err(|_| Fault::NotFound)
    }
}

/// The key of one of several forms on a page, which all carry the page's: another is no repeat.
pub(super) fn key_of(form: &Posted, which: &str) -> Result<FormKey, Fault> {
    let key = form.key().ok_or(Fault::Unreadable)?;
    Ok(key.of_part(which))
}

fn paper(it: Paper) -> Response {
    let headers = [
        (CONTENT_TYPE, "application/pdf".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", it.name)),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, it.bytes).into_response()
}

/// `GET /cases/{year}/{sequence}/letters/{letter}/preview`
pub(crate) async fn preview(
    State(app): State<App>,
    by: Person,
    path: LetterPath,
    Query(asked): Query<AskedThen>,
) -> Result<Response, Fault> {
    let (case, _) = path.find(&app)?;
    let which = (path.letter, asked.moment(&by.page)?);
    let service = app.service();
    Ok(paper(service.letter_preview(&by.who, case, which, routes::LETTER_PREVIEW).await?))
}

/// `GET /cases/{year}/{sequence}/letters/{letter}/bundles/{bundle}`
pub(crate) async fn bundle(
    State(app): State<App>,
    by: Person,
    path: LetterPath,
    AtBundle(bundle): AtBundle,
    Query(asked): Query<AskedThen>,
) -> Result<Response, Fault> {
    let (case, _) = path.find(&app)?;
    let which = (path.letter, bundle, asked.moment(&by.page)?);
    Ok(paper(app.service().letter_bundle(&by.who, case, which, routes::LETTER_BUNDLE).await?))
}

/// `POST /cases/{year}/{sequence}/letters/{letter}/sign`
pub(crate) async fn sign(
    State(app): State<App>,
    path: LetterPath,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let (case, _) = path.find(&app)?;
    let key = key_of(&form, "sign")?;
    let version = form.text("version").parse().map_err(|_| Fault::Unreadable)?;
    let list = form.text("list").parse().ok();
    app.service().sign_letter(&by.who, case, (path.letter, version, list), key).await?;
    Ok(answer::go(&format!("{}?done=yes", path.url())))
}

/// `POST /cases/{year}/{sequence}/letters/{letter}/start`
pub(crate) async fn start(
    State(app): State<App>,
    path: LetterPath,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let (case, _) = path.find(&app)?;
    let key = key_of(&form, "start")?;
    let chosen: BTreeSet<Channel> =
        form.all("channels").filter_map(|channel| channel.parse().ok()).collect();
    app.service().start_letters(&by.who, case, path.letter, chosen, key).await?;
    Ok(answer::go(&format!("{}?done=yes", path.url())))
}

/// `POST /cases/{year}/{sequence}/letters/{letter}/stop`
pub(crate) async fn stop(
    State(app): State<App>,
    path: LetterPath,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let (case, _) = path.find(&app)?;
    let key = key_of(&form, "stop")?;
    let request = Request::Letter(Asked::StopDispatch { letter: path.letter });
    app.service().step(&by.who, case, request, key).await?;
    Ok(answer::go(&format!("{}?done=yes", path.url())))
}

/// `POST /cases/{year}/{sequence}/letters/{letter}/bundles/{bundle}`: the bundle was posted
/// to those who stood on it when the page was shown, and still wait for it.
pub(crate) async fn posted(
    State(app): State<App>,
    path: LetterPath,
    AtBundle(bundle): AtBundle,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let (case, _) = path.find(&app)?;
    let key = key_of(&form, &format!("bundle {bundle}"))?;
    let sight = app.service().letter(&by.who, case, path.letter, routes::LETTER_BUNDLE).await?;
    let letter = sight.letter(path.letter).ok_or(Fault::NotFound)?;
    let shown = numbers(form.text("numbers")).ok_or(Fault::Unreadable)?;
    let waits =
        |it: &&Numbered| shown.contains(&it.number) && letter.waits_for(it) == Some(Channel::Print);
    let recipients = sight.recipients.iter().filter(waits).map(|it| it.number).collect();
    let (channel, progress) = (Channel::Print, Progress::Sent);
    let it = RecordDelivery {
        letter: path.letter,
        channel,
        progress,
        recipients,
        consignments: Vec::new(),
    };
    let request = Request::Letter(Asked::RecordDelivery(it));
    app.service().step(&by.who, case, request, key).await?;
    Ok(answer::go(&format!("{}?done=yes", path.url())))
}

/// `POST /cases/{year}/{sequence}/letters/{letter}/record`
pub(crate) async fn record(
    State(app): State<App>,
    path: LetterPath,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let (case, _) = path.find(&app)?;
    let recipients = numbers(form.text("numbers")).ok_or(Fault::Unreadable)?;
    let progress = form.text("progress").parse().map_err(|_| Fault::Unreadable)?;
    let channel = form.text("channel").parse().map_err(|_| Fault::Unreadable)?;
    let it = RecordDelivery {
        letter: path.letter,
        channel,
        progress,
        recipients,
        consignments: Vec::new(),
    };
    let key = key_of(&form, &format!("record {it:?}"))?;
    let request = Request::Letter(Asked::RecordDelivery(it));
    app.service().step(&by.who, case, request, key).await?;
    Ok(answer::go(&format!("{}?done=yes", path.url())))
}

/// Numbers as people write them: `3, 7-12`.
fn numbers(text: &str) -> Option<BTreeSet<u32>> {
    let mut numbers = BTreeSet::new();
    let words = text.split(|it: char| it == ',' || it.is_whitespace());
    for word in words.filter(|word| !word.is_empty()) {
        let (from, to) = word.split_once(['-', '–']).unwrap_or((word, word));
        let (from, to): (u32, u32) = (from.parse().ok()?, to.parse().ok()?);
        if usize::try_from(to.checked_sub(from)?).ok()? < domain::case::letter::RECIPIENTS_MAX {
            numbers.extend(from..=to);
        } else {
            return None;
        }
    }
    (!numbers.is_empty()).then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        assert_eq!(numbers("3, 7-9 11"), Some([3, 7, 8, 9, 11].into()));
        for wrong in ["", "a", "9-7", "1-4000000000", "-"] {
            assert_eq!(numbers(wrong), None, "{wrong:?}");
        }
    }
}
