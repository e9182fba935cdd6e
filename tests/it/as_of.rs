//! What did we know at hour 20? A case, its clock and its history as they stood at a moment.

use chrono::TimeDelta;
use domain::Role;
use hyper::StatusCode;
use serde_json::{Value, json};
use tests::story::{self, Filed};
use tests::{Running, steps};

/// Reported at 08:00 UTC, aware since 06:30; taken in at 09:00, assessed at 18:00, and again the
/// day after at 14:00.
async fn house() -> (Running, Filed) {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, Some("2026-03-02T06:30:00Z")).await;
    running.pass(TimeDelta::hours(1));
    story::take(&running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
    running.pass(TimeDelta::hours(9));
    story::take(&running, Role::Dpo, &filed, &steps::assess("Ulåst", "document_only")).await;
    running.pass(TimeDelta::hours(20));
    story::take(&running, Role::Dpo, &filed, &steps::assess("Brukt", "notify_authority")).await;
    (running, filed)
}

async fn as_of(running: &Running, filed: &Filed, moment: &str) -> Value {
    let address = format!("/api/v1/cases/{}?as_of={moment}", filed.number);
    running.api(Role::Dpo).get(&address).await.expect(StatusCode::OK).json()
}

#[tokio::test]
async fn a_case_is_answered_as_it_was_known() {
    let (running, filed) = house().await;
    let first = as_of(&running, &filed, "2026-03-02T08:00:00Z").await;
    assert_eq!((&first["phase"], &first["assessment"]), (&"reported".into(), &Value::Null));
    assert_eq!(first["steps"], Value::Array(Vec::new()));
    // Hour 20 after 06:30.
    let then = as_of(&running, &filed, "2026-03-03T02:30:00Z").await;
    assert_eq!(then["assessment"]["facts"], "Ulåst");
    assert_eq!(then["clock"]["remaining_seconds"], 52 * 3600);
    let now = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(now["assessment"]["facts"], "Brukt");
    assert_eq!(as_of(&running, &filed, "2030-01-01T00:00:00Z").await, now);

    let api = running.api(Role::Dpo);
    let address = format!("/api/v1/cases/{}", filed.number);
    let timeline = async |moment: &str| {
        let address = format!("{address}/timeline?as_of={moment}");
        let answer = api.get(&address).await.expect(StatusCode::OK).json();
        answer["items"].as_array().unwrap().len()
    };
    // Reported and judged; then received and judged, then assessed, which settles nothing.
    assert_eq!(timeline("2026-03-02T08:00:00Z").await, 2);
    assert_eq!(timeline("2026-03-02T18:00:00Z").await, 5);
    let before = api.get(&format!("{address}?as_of=2026-03-01T00:00:00Z")).await;
    assert_eq!(before.status, StatusCode::NOT_FOUND);
    let unfit = api.get(&format!("{address}?as_of=yesterday")).await;
    assert_eq!(unfit.status, StatusCode::UNPROCESSABLE_ENTITY, "{unfit:?}");
}

#[tokio::test]
async fn the_page_shows_what_was_known_and_lets_nothing_be_done_to_it() {
    let (running, filed) = house().await;
    let dpo = running.browser(Role::Dpo).await;
    let page = filed.page();
    let at = async |query: &str| dpo.get(&format!("{page}?{query}")).await;
    let then = at("as_of=&hours=20").await.expect(StatusCode::OK).text;
    assert!(then.contains("Ulåst") && !then.contains("Brukt"), "{then}");
    assert!(then.contains("52 timer igjen"), "{then}");
    assert!(!then.contains(&format!("{page}/authority")), "no step leads on from what was");
    let field = at("as_of=2026-03-03T03:30&hours=").await.expect(StatusCode::OK).text;
    assert!(field.contains("52 timer igjen"), "the field is on the organisation's clocks");
    for (query, told) in [
        ("hours=x", "Skriv antall timer"),
        ("hours=4000", "Velg et tidspunkt som har vært"),
        ("as_of=2026-03-01T00:00", "Saken fantes ikke da"),
        ("as_of=tull", "Skriv en dato og et klokkeslett"),
    ] {
        let answer = at(query).await.expect(StatusCode::UNPROCESSABLE_ENTITY).text;
        assert!(answer.contains(told), "{query}: {answer}");
        assert!(answer.contains("Brukt"), "the case stands as it is now");
    }
}

#[tokio::test]
async fn two_moments_are_compared() {
    let (running, filed) = house().await;
    let dpo = running.browser(Role::Dpo).await;
    let compare = format!("{}/compare", filed.page());
    let whole = dpo.get(&compare).await.expect(StatusCode::OK).text;
    assert!(whole.contains("Brukt") && !whole.contains("Ulåst"), "{whole}");
    let part = dpo.get(&format!("{compare}?from=2026-03-03T02:30:00Z")).await;
    let part = part.expect(StatusCode::OK).text;
    assert!(part.contains("Ulåst") && part.contains("Brukt"), "{part}");
    assert!(!part.contains("vakttelefon"), "what is the same is left out: {part}");
    let swapped = format!("{compare}?from=2026-03-04T02:30:00Z&to=2026-03-03T02:30:00Z");
    assert!(dpo.get(&swapped).await.expect(StatusCode::UNPROCESSABLE_ENTITY).text.contains("vært"));
    let employee = running.browser(Role::Employee).await;
    assert_eq!(employee.get(&compare).await.status, StatusCode::NOT_FOUND);
    let leader = running.browser(Role::Leader).await;
    assert!(!leader.get(&compare).await.expect(StatusCode::OK).text.contains("Mona Strandvold"));
}

#[tokio::test]
async fn that_the_handler_was_away_is_told_as_it_was_known() {
    let (running, filed) = house().await;
    let page = async |moment: &str| {
        let address = format!("{}?as_of={moment}&hours=", filed.page());
        let page = running.browser(Role::Dpo).await.get(&address).await;
        page.expect(StatusCode::OK).text.contains("(borte til")
    };
    let before = running.now();
    let told =
        async |moment: &str| as_of(&running, &filed, moment).await["handler_away_until"].clone();
    running.pass(TimeDelta::hours(1));
    let away = async |until: Value| {
        let (dpo, until) = (running.api(Role::Dpo), json!({ "until": until }));
        let _ = dpo.post("/api/v1/absence", &until).await.expect(StatusCode::NO_CONTENT);
    };
    away(json!("2026-03-24T08:00:00Z")).await;
    let (at_first, since) = ("2026-03-03T13:00:00Z", running.now().to_rfc3339());
    assert!(at_first.parse::<domain::Time>().unwrap() < before);
    let since = since.replace("+00:00", "Z");
    assert_eq!(told(at_first).await, Value::Null, "nobody had said so");
    assert_eq!(told(&since).await, "2026-03-24T08:00:00Z");
    running.pass(TimeDelta::hours(2));
    away(Value::Null).await;
    assert_eq!(told(&since).await, "2026-03-24T08:00:00Z", "as it was known");
    let now = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(now["handler_away_until"], Value::Null);
    assert!(!page("2026-03-03T14:00").await && page("2026-03-03T16:30").await);
}
