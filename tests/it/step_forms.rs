//! The forms for the steps of a case: a whole case by browser, and what comes back to be corrected.

use chrono::TimeDelta;
use domain::Role;
use hyper::StatusCode;
use serde_json::json;
use tests::browser_form::BrowserForm;
use tests::story::{self, Filed, WHAT_HAPPENED};
use tests::{Answer, Client, Running};

/// Where a step's form is.
fn address(filed: &Filed, step: &str) -> String {
    format!("{}/{step}", filed.page())
}

/// Fills the form of a step in and sends it.
async fn send(client: &Client, filed: &Filed, step: &str, fields: &[(&str, &str)]) -> Answer {
    let address = address(filed, step);
    BrowserForm::open(client, &address, &address).await.fill(fields).send(client).await
}

/// Takes a step by its form, which leads back to the case.
async fn take(client: &Client, filed: &Filed, step: &str, fields: &[(&str, &str)]) {
    let answer = send(client, filed, step, fields).await.expect(StatusCode::SEE_OTHER);
    let (page, done) = answer.location().split_once("?done=").unwrap();
    assert_eq!((page, done.is_empty()), (&*filed.page(), false));
    assert_eq!(client.get(page).await.status, StatusCode::OK);
}

/// Sends a form that comes back with everything in it, and `sentence` beside the field.
async fn returned(
    client: &Client,
    filed: &Filed,
    step: &str,
    fields: &[(&str, &str)],
    (field, sentence): (&str, &str),
) {
    let address = address(filed, step);
    let form = BrowserForm::open(client, &address, &address).await.fill(fields);
    let answer = form.send(client).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(BrowserForm::on(&answer, &address).typed(), form.typed());
    let family = step.split('/').next().unwrap();
    let beside = format!(r#"id="{family}-{field}-problem">"#);
    let (_, said) = answer.text.split_once(&beside).unwrap_or_else(|| panic!("{answer:?}"));
    let said = said.split('<').next().unwrap();
    assert!(said.contains(sentence), "{said}");
    assert!(answer.text.contains(&format!("href=\"#{family}-{field}\"")), "{}", answer.text);
}

async fn reported(running: &Running) -> Filed {
    story::report_by_api(running, Some("2026-03-02T07:30:00Z")).await
}

const ASSESSED: [(&str, &str); 2] =
    [("facts", "Uten skjermlås."), ("outcome", "notify_authority_and_people")];

const DECIDED: [(&str, &str); 2] = [("decision", "notify"), ("grounds", "På avveie.")];

#[tokio::test]
async fn a_case_goes_from_report_to_closing_by_its_forms() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    let dpo = running.browser(Role::Dpo).await;
    let controller = running.browser(Role::Controller).await;
    // Category, unit and handler stand there already; of the first actions none is taken.
    let receive = address(&filed, "receive");
    let form = BrowserForm::open(&dpo, &receive, &receive).await.without("actions");
    assert_eq!(form.send(&dpo).await.status, StatusCode::SEE_OTHER);
    let aware = [("aware_at", "2026-03-02T07:00"), ("reason", "Da ringte vaktselskapet.")];
    take(&dpo, &filed, "awareness", &aware).await;
    take(&dpo, &filed, "ask", &[("question", "Var den låst?")]).await;
    take(&dpo, &filed, "assess", &ASSESSED).await;
    take(&controller, &filed, "authority", &DECIDED).await;
    take(&dpo, &filed, "notification/record", &[("reference", "26/00123")]).await;
    take(&controller, &filed, "people", &DECIDED).await;
    let told = [("way", "letter"), ("people", "12"), ("account", "Brev til de pårørende.")];
    take(&dpo, &filed, "tell-people", &told).await;
    let leads = running.people.holder(Role::Leader).user.to_string();
    take(&dpo, &filed, "assign", &[("deputy", &leads)]).await;
    let owner = running.people.holder(Role::Leader).user.to_string();
    let measure = [
        ("kind", "preventive"),
        ("description", "Skjermlås på alle."),
        ("owner", &*owner),
        ("due_at", "2026-03-20T12:00"),
    ];
    take(&dpo, &filed, "propose-measure", &measure).await;
    let memo = [("rules", "Artikkel 32."), ("discussion", "For og mot."), ("conclusion", "Lukk.")];
    take(&dpo, &filed, "memo", &memo).await;
    let points = [("follow_ups", "Bekreft skjermlås."), ("follow_ups_4", "Spør leverandøren.")];
    take(&controller, &filed, "return", &points).await;
    // The new version begins with the previous one.
    take(&dpo, &filed, "memo", &[]).await;
    // What the first notice left out was never sent, so closing says why.
    take(&controller, &filed, "close", &[("grounds", "Det er sendt i et brev.")]).await;
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(case["phase"], "closed");
    assert_eq!(case["clock"]["aware_at"], "2026-03-02T06:00:00Z");
    assert_eq!(case["memo"]["parts"]["conclusion"], "Lukk.", "{}", case["memo"]);
    assert_eq!(
        story::happened(&running, &filed, "case_returned").await[0]["follow_ups"],
        json!(["Bekreft skjermlås.", "Spør leverandøren."])
    );
    take(&controller, &filed, "reopen", &[("reason", "Flere ble rammet.")]).await;
    assert_eq!(story::case(&running, Role::Dpo, &filed).await["phase"], "reopened");
}

#[tokio::test]
async fn a_refusal_stands_beside_its_field_with_everything_typed_kept() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    let dpo = running.browser(Role::Dpo).await;
    let controller = running.browser(Role::Controller).await;
    let future = [("aware_at", "2026-03-05T07:00"), ("reason", "Fordi.")];
    returned(&dpo, &filed, "awareness", &future, ("aware_at", "ikke kommet ennå")).await;
    returned(&dpo, &filed, "receive", &[("category", "")], ("category", "Velg en kategori")).await;
    take(&dpo, &filed, "assess", &ASSESSED).await;
    let departing = [("decision", "do_not_notify"), ("grounds", "Funnet igjen.")];
    returned(&controller, &filed, "authority", &departing, ("departure", "rådet")).await;
    running.pass(TimeDelta::days(4));
    let dpo = running.browser(Role::Dpo).await;
    let sent = [("reference", "26/00123")];
    returned(&dpo, &filed, "notification/record", &sent, ("reasons_for_delay", "etter fristen"))
        .await;
    let conclusion = [("rules", "Artikkel 32."), ("discussion", ""), ("conclusion", "Lukk.")];
    returned(&dpo, &filed, "memo", &conclusion, ("discussion", "må fylles ut")).await;
}

#[tokio::test]
async fn the_first_memo_begins_with_what_is_known() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    let dpo = running.browser(Role::Dpo).await;
    take(&dpo, &filed, "receive", &[]).await;
    take(&dpo, &filed, "assess", &ASSESSED).await;
    let address = address(&filed, "memo");
    let form = BrowserForm::open(&dpo, &address, &address).await;
    let part = |name| form.value(name).unwrap();
    assert!(part("orientation").contains("2026/1"), "{}", part("orientation"));
    assert!(part("description").contains(WHAT_HAPPENED), "{}", part("description"));
    assert!(part("description").contains("mandag 2. mars 2026 kl. 08.30"));
    assert!(part("assessment").contains("Uten skjermlås."), "{}", part("assessment"));
    assert_eq!(part("conclusion"), "");
}

#[tokio::test]
async fn those_involved_are_named_before_the_leader_could_look() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    let dpo = running.browser(Role::Dpo).await;
    let user = |role| running.people.holder(role).user.to_string();
    let (leader, employee) = (user(Role::Leader), user(Role::Employee));
    let involved = [("involved", &*leader), ("involved", &*employee)];
    let officer = user(Role::SecurityOfficer);
    // They answer for none of the first actions either, which is said before anybody is named.
    let receive = address(&filed, "receive");
    let form = BrowserForm::open(&dpo, &receive, &receive).await.fill(&involved);
    let answer = form.send(&dpo).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text.contains("receive-owner-tell-the-leader-problem"), "{}", answer.text);
    assert_eq!(story::happened(&running, &filed, "case_received").await.len(), 0);
    let replace = [("actions", "replace"), ("owner-replace", &*officer)];
    take(&dpo, &filed, "receive", &[&involved[..], &replace].concat()).await;
    let events = story::timeline(&running, &filed).await;
    let events: Vec<_> =
        events.iter().map(|it| it["happened"]["event"].as_str().unwrap()).collect();
    let received = [
        "deviation_reported",
        "duties_judged",
        "person_involved",
        "person_involved",
        "case_received",
        "measure_proposed",
        "duties_judged",
    ];
    assert_eq!(events, received);
    let leader = running.browser(Role::Leader).await;
    assert_eq!(leader.get(&filed.page()).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn whoever_names_themselves_is_led_away_from_the_case() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    let dpo = running.browser(Role::Dpo).await;
    let own = running.people.holder(Role::Dpo).user.to_string();
    let answer = send(&dpo, &filed, "involved", &[("person", &own)]).await;
    assert_eq!(answer.expect(StatusCode::SEE_OTHER).location(), "/");
    assert_eq!(dpo.get(&filed.page()).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_same_form_sent_twice_is_done_once() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    let dpo = running.browser(Role::Dpo).await;
    let address = address(&filed, "ask");
    let form = BrowserForm::open(&dpo, &address, &address).await.set("question", "Var den låst?");
    assert_eq!(form.send(&dpo).await.status, StatusCode::SEE_OTHER);
    assert_eq!(form.send(&dpo).await.status, StatusCode::SEE_OTHER);
    assert_eq!(story::happened(&running, &filed, "reporter_asked").await.len(), 1);
}

#[tokio::test]
async fn a_form_is_shown_to_those_who_take_the_step() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    let dpo = running.browser(Role::Dpo).await;
    let controller = running.browser(Role::Controller).await;
    let employee = running.browser(Role::Employee).await;
    assert_eq!(dpo.get(&address(&filed, "close")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(controller.get(&address(&filed, "assess")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(employee.get(&address(&filed, "assess")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(dpo.get(&address(&filed, "nowhere")).await.status, StatusCode::NOT_FOUND);
    let visitor = running.visitor().get(&address(&filed, "assess")).await;
    assert!(visitor.expect(StatusCode::SEE_OTHER).location().starts_with("/sign-in"));
}

#[tokio::test]
async fn what_stands_in_the_way_is_said_before_anything_is_written() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    let dpo = running.browser(Role::Dpo).await;
    let controller = running.browser(Role::Controller).await;
    let said = async |client: &Client, step, sentence: &str| {
        let address = address(&filed, step);
        let page = client.get(&address).await.expect(StatusCode::OK);
        assert!(page.form(&address).is_none(), "{page:?}");
        assert!(page.text.contains(sentence), "{page:?}");
    };
    said(&dpo, "authority", "Bare behandlingsansvarlig").await;
    said(&dpo, "reopen", "Saken er åpen").await;
    said(&controller, "close", "ikke sendt noe saksframlegg").await;
    story::walk_to_closed(&running, &filed).await;
    said(&dpo, "receive", "Saken er lukket").await;
    said(&dpo, "assess", "Saken er lukket").await;
}
