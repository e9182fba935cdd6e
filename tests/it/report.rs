//! Reporting by the form: the receipt, one form for one case, and nothing typed is lost.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::TimeDelta;
use domain::case::report::{BreachKind, Channel};
use domain::{Actor, Role};
use hyper::StatusCode;
use service::Settings;
use service::secrets::random_id;
use strum::IntoEnumIterator;
use tests::browser_form::BrowserForm;
use tests::people::PASSWORD;
use tests::story::{self, FORM, Filed, WHAT_HAPPENED, lost_phone, report_a_lost_phone};
use tests::{Client, Running, disk};
use tokio::task::JoinSet;

const NAMED: [(&str, &str); 1] = [("openness", "named")];

fn open_to_all(settings: &mut Settings) {
    settings.report_without_login = true;
}

fn cases(running: &Running) -> usize {
    running.service().views().inbox.len()
}

/// The unit of the employee, chosen by somebody who is not signed in.
fn unit(running: &Running) -> String {
    running.people.holder(Role::Employee).unit.to_string()
}

#[tokio::test]
async fn an_employee_reports_a_lost_phone_and_finds_the_report_again() {
    let running = Running::start().await;
    let employee = running.browser(Role::Employee).await;
    let filed = report_a_lost_phone(&employee, &NAMED).await;
    assert_eq!(filed.number, "2026/1");
    assert_eq!(filed.code.len(), 24, "six groups of four would be guessed by nobody");
    let own = employee.get("/reports").await.expect(StatusCode::OK);
    assert!(own.text.contains("2026/1"), "{}", own.text);
    let leader = running.browser(Role::Leader).await;
    let others = leader.get("/reports").await.expect(StatusCode::OK);
    assert!(!others.text.contains("2026/1"), "{}", others.text);
}

#[tokio::test]
async fn cases_are_numbered_within_their_year_on_our_clocks() {
    let running = Running::start().await;
    let employee = running.browser(Role::Employee).await;
    assert_eq!(report_a_lost_phone(&employee, &NAMED).await.number, "2026/1");
    assert_eq!(report_a_lost_phone(&employee, &NAMED).await.number, "2026/2");
    // An hour later in Oslo than in UTC.
    running.hand.set("2026-12-31T23:30:00Z".parse().unwrap());
    let employee = running.browser(Role::Employee).await;
    assert_eq!(report_a_lost_phone(&employee, &NAMED).await.number, "2027/1");
}

#[tokio::test]
async fn where_the_organisation_allows_it_nobody_need_sign_in() {
    let running = Running::start_with(open_to_all).await;
    let visitor = running.visitor();
    let unit = unit(&running);
    let who = [("unit", unit.as_str()), ("openness", "named"), ("name", "Vikar Vilde")];
    let filed = report_a_lost_phone(&visitor, &who).await;
    assert_eq!(filed.number, "2026/1");
    assert!(visitor.cookies().is_empty(), "a report leaves nothing in the browser");
}

#[tokio::test]
async fn where_it_does_not_the_form_leads_to_the_sign_in_page_and_back() {
    let running = Running::start().await;
    let visitor = running.visitor();
    let answer = visitor.get(FORM).await.expect(StatusCode::SEE_OTHER);
    assert_eq!(answer.location(), format!("/sign-in?to={FORM}"));
    let sign_in = BrowserForm::open(&visitor, answer.location(), "/sign-in").await;
    let employee = running.people.holder(Role::Employee);
    let filled_in = sign_in.fill(&[("name", &employee.sign_in_name), ("password", PASSWORD)]);
    let signed_in = filled_in.send(&visitor).await.expect(StatusCode::SEE_OTHER);
    assert_eq!(signed_in.location(), FORM);
}

#[tokio::test]
async fn the_dpo_enters_what_somebody_told_by_phone() {
    let mut running = Running::start().await;
    let dpo = running.browser(Role::Dpo).await;
    let unit = unit(&running);
    let told = [
        ("unit", unit.as_str()),
        ("channel", "phone"),
        ("openness", "confidential"),
        ("on_behalf_of", "Vikar Vilde"),
        ("aware_at", "2026-03-02T08:00"),
    ];
    let filed = report_a_lost_phone(&dpo, &told).await;
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(case["report"]["channel"], "phone");
    assert_eq!(case["reporter"]["name"], "Vikar Vilde");
    running.stop().await;
    let entered = disk::events(running.data_dir()).pop().unwrap();
    assert_eq!(entered.by, Actor::User(running.people.holder(Role::Dpo).user));
}

#[tokio::test]
async fn whoever_is_signed_in_registers_for_a_colleague_and_both_are_on_record() {
    let mut running = Running::start().await;
    let employee = running.browser(Role::Employee).await;
    let told = [
        ("channel", "oral"),
        ("openness", "confidential"),
        ("on_behalf_of", "Vikar Vilde"),
        ("aware_at", "2026-03-01T23:30"),
    ];
    let filed = report_a_lost_phone(&employee, &told).await;
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(case["report"]["channel"], "oral");
    assert_eq!(case["reporter"]["name"], "Vikar Vilde");
    assert_eq!(case["report"]["aware_at"], "2026-03-01T22:30:00Z");
    assert_eq!(case["clock"]["aware_at"], "2026-03-01T22:30:00Z", "the earlier of the two");
    let own = employee.get("/reports").await.expect(StatusCode::OK);
    assert!(!own.text.contains(&filed.number), "it is not theirs: {}", own.text);
    let timeline = running.api(Role::Controller).get(&filed.address("timeline")).await;
    let typist = &running.people.holder(Role::Employee).name;
    assert!(!timeline.text.contains(typist.as_str()), "whom they turned to: {timeline:?}");
    running.stop().await;
    let entered = disk::events(running.data_dir()).pop().unwrap();
    assert_eq!(entered.by, Actor::User(running.people.holder(Role::Employee).user));
}

#[tokio::test]
async fn every_way_in_is_registered_by_those_it_is_for() {
    let running = Running::start().await;
    for role in [Role::Employee, Role::Dpo] {
        let client = running.browser(role).await;
        let form = lost_phone(&client, &[]).await;
        for channel in Channel::iter().map(<&str>::from) {
            let unit = unit(&running);
            let told = [
                ("unit", unit.as_str()),
                ("channel", channel),
                ("openness", "named"),
                ("on_behalf_of", "Vikar Vilde"),
                ("aware_at", "2026-03-02T07:00"),
            ];
            let form = form.clone().fill(&told).set("key", &random_id().to_string());
            let answer = form.send(&client).await;
            if (role, channel) == (Role::Employee, "own_initiative") {
                assert!(answer.status.is_client_error(), "{answer:?}");
                continue;
            }
            let filed = Filed::from_receipt(&answer);
            let case = story::case(&running, Role::Dpo, &filed).await;
            assert_eq!(case["report"]["channel"], channel);
            let is_own = channel == "web_form";
            assert_eq!(case["report"]["aware_at"].is_null(), is_own, "{channel}");
        }
    }
}

#[tokio::test]
async fn of_what_a_processor_told_it_is_asked_when_they_did() {
    let running = Running::start().await;
    let employee = running.browser(Role::Employee).await;
    let told = [("channel", "processor"), ("openness", "named"), ("on_behalf_of", "Drift AS")];
    let answer = lost_phone(&employee, &told).await.send(&employee).await;
    let answer = answer.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text.contains("id=\"report-aware_at-problem\""), "{}", answer.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_from_one_address_is_taken_in_to_the_last_and_others_are_answered() {
    const FLOOD: usize = 150;
    let running = Running::start_with(open_to_all).await;
    let unit = unit(&running);
    let visitor = running.visitor();
    let form = lost_phone(&visitor, &[("openness", "anonymous"), ("unit", &unit)]).await;
    let dpo = running.browser(Role::Dpo).await;
    let visitor = Arc::new(visitor);
    let mut flood = JoinSet::new();
    for _ in 0..FLOOD {
        let (form, visitor) = (form.clone(), Arc::clone(&visitor));
        let form = form.set("key", &random_id().to_string());
        flood.spawn(async move { Filed::from_receipt(&form.send(&visitor).await).number });
    }
    let page = dpo.get("/inbox").await;
    assert_eq!(page.status, StatusCode::OK);
    let numbers: BTreeSet<String> = flood.join_all().await.into_iter().collect();
    assert_eq!((numbers.len(), cases(&running)), (FLOOD, FLOOD));
}

#[tokio::test]
async fn without_a_session_no_report_is_taken_where_one_must_sign_in() {
    let running = Running::start().await;
    let employee = running.browser(Role::Employee).await;
    let form = lost_phone(&employee, &NAMED).await;
    let answer = form.set("csrf", "").send(&running.visitor()).await;
    assert!(answer.status.is_client_error(), "{answer:?}");
    assert_eq!(cases(&running), 0);
}

#[tokio::test]
async fn the_same_form_sent_twice_makes_one_case_with_one_receipt() {
    let running = Running::start().await;
    let employee = running.browser(Role::Employee).await;
    let form = lost_phone(&employee, &NAMED).await;
    let first = Filed::from_receipt(&form.send(&employee).await);
    assert_eq!(Filed::from_receipt(&form.send(&employee).await), first);
    assert_eq!(cases(&running), 1);
}

#[tokio::test]
async fn the_same_form_sent_after_a_restart_makes_no_second_case() {
    let mut running = Running::start().await;
    let employee = running.browser(Role::Employee).await;
    let form = lost_phone(&employee, &NAMED).await;
    let first = Filed::from_receipt(&form.send(&employee).await);
    running.restart().await;
    assert_eq!(Filed::from_receipt(&form.send(&employee).await), first);
    assert_eq!(cases(&running), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_impatient_clicks_at_once_make_one_case_with_one_receipt() {
    let running = Running::start().await;
    let employee = Arc::new(running.browser(Role::Employee).await);
    let form = lost_phone(&employee, &NAMED).await;
    let mut clicks = JoinSet::new();
    for _ in 0..10 {
        let (form, employee) = (form.clone(), Arc::clone(&employee));
        clicks.spawn(async move { Filed::from_receipt(&form.send(&employee).await) });
    }
    let receipts = clicks.join_all().await;
    assert_eq!(receipts.len(), 10);
    assert!(receipts.iter().all(|receipt| *receipt == receipts[0]), "{receipts:?}");
    assert_eq!(cases(&running), 1);
}

#[tokio::test]
async fn two_forms_make_two_cases_though_they_say_the_same() {
    let running = Running::start().await;
    let employee = running.browser(Role::Employee).await;
    let first = report_a_lost_phone(&employee, &NAMED).await;
    let second = report_a_lost_phone(&employee, &NAMED).await;
    assert_ne!(first.number, second.number);
    assert_ne!(first.code, second.code);
    assert_eq!(cases(&running), 2);
}

#[tokio::test]
async fn a_validation_error_stands_beside_its_field_and_loses_nothing_typed() {
    let running = Running::start_with(open_to_all).await;
    let visitor = running.visitor();
    let who = [("openness", "confidential"), ("name", "Vikar Vilde"), ("contact", "tlf. 0")];
    // Without a unit, and discovered before it happened.
    let form = lost_phone(&visitor, &who).await.set("discovered_at", "2026-03-01T07:00");
    let answer = form.send(&visitor).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text.contains("href=\"#report-unit\""), "the summary leads to the field");
    assert!(answer.text.contains("id=\"report-unit-problem\""), "and beside it stands why");
    let returned = BrowserForm::on(&answer, FORM);
    assert_eq!(returned.typed(), form.typed());

    let unit = unit(&running);
    let answer = returned.set("unit", &unit).send(&visitor).await;
    let answer = answer.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text.contains("id=\"report-discovered_at-problem\""), "{}", answer.text);
    let returned = BrowserForm::on(&answer, FORM);
    assert_eq!(returned.typed(), form.clone().set("unit", &unit).typed());
    assert_eq!(cases(&running), 0);

    let corrected = returned.set("discovered_at", "2026-03-02T08:30");
    assert_eq!(corrected.send(&visitor).await.status, StatusCode::OK);
    assert_eq!(cases(&running), 1);
}

#[tokio::test]
async fn what_is_missing_is_told_all_at_once() {
    let running = Running::start().await;
    let employee = running.browser(Role::Employee).await;
    let form = BrowserForm::open(&employee, FORM, FORM).await.set("unit", "");
    let answer = form.send(&employee).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["what_happened", "unit", "personal_data"] {
        let problem = format!("id=\"report-{field}-problem\"");
        assert!(answer.text.contains(&problem), "{field}: {}", answer.text);
    }
}

#[tokio::test]
async fn a_form_whose_session_ran_out_is_sent_on_after_signing_in() {
    let mut running = Running::start().await;
    let employee = running.browser(Role::Employee).await;
    let form = lost_phone(&employee, &NAMED).await;
    running.pass(TimeDelta::minutes(31));
    let filed = sign_in_and_send_on(&running, &employee, &form).await;
    assert_eq!(cases(&running), 1);
    let own = employee.get("/reports").await.expect(StatusCode::OK);
    assert!(own.text.contains(&filed.number), "{}", own.text);
    running.stop().await;
    let recorded = disk::reports(running.data_dir());
    assert_eq!(recorded[0].what_happened.text_or("-"), WHAT_HAPPENED);
    assert_eq!(recorded[0].breach, [BreachKind::Confidentiality, BreachKind::Availability].into());
}

#[tokio::test]
async fn a_form_whose_session_ran_out_keeps_everything_over_a_wrong_password() {
    let running = Running::start().await;
    let employee = running.browser(Role::Employee).await;
    let form = lost_phone(&employee, &NAMED).await;
    running.pass(TimeDelta::hours(13));
    let answer = form.send(&employee).await.expect(StatusCode::FORBIDDEN);
    let wrong = BrowserForm::on(&answer, "/sign-in");
    let wrong = wrong.fill(&[("name", "melder"), ("password", "ikke det")]).send(&employee).await;
    let again = BrowserForm::on(&wrong.expect(StatusCode::UNPROCESSABLE_ENTITY), "/sign-in");
    let right = again.fill(&[("name", "melder"), ("password", PASSWORD)]).send(&employee).await;
    let kept = BrowserForm::on(&right, FORM);
    assert_eq!(kept.typed(), form.typed());
}

async fn sign_in_and_send_on(running: &Running, client: &Client, form: &BrowserForm) -> Filed {
    let answer = form.send(client).await.expect(StatusCode::FORBIDDEN);
    assert_eq!(cases(running), 0, "nothing is taken before somebody has signed in");
    let sign_in = BrowserForm::on(&answer, "/sign-in");
    let filled_in = sign_in.fill(&[("name", "melder"), ("password", PASSWORD)]);
    let signed_in = filled_in.send(client).await;
    let kept = BrowserForm::on(&signed_in, FORM);
    assert_eq!(kept.typed(), form.typed(), "everything typed is still there");
    Filed::from_receipt(&kept.send(client).await)
}

/// The signed text on a receipt.
fn signed(receipt: &tests::Answer) -> String {
    let (_, rest) = receipt.text.split_once("<pre").unwrap();
    let (_, text) = rest.split_once('>').unwrap();
    text.split_once("</pre>").unwrap().0.to_owned()
}

#[tokio::test]
async fn the_receipt_is_signed_and_anybody_can_check_it() {
    let mut running = Running::start_with(open_to_all).await;
    let unit = unit(&running);
    let visitor = running.visitor();
    let form = lost_phone(&visitor, &[("openness", "anonymous"), ("unit", &unit)]).await;
    let text = signed(&form.send(&visitor).await);
    assert!(text.contains("case 2026/1\n"), "{text}");
    running.restart().await;
    assert_eq!(signed(&form.send(&visitor).await), text, "it is the same whenever it is told");
    let check = async |text: &str| visitor.fill_in("/receipt", "/receipt", &[("text", text)]).await;
    let holds = check(&text).await.expect(StatusCode::OK);
    assert!(holds.text.contains("Kvitteringen er ekte"), "{}", holds.text);
    for altered in ["", "avvik receipt 1", &text.replace("2026/1", "2026/2")] {
        let told = check(altered).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!told.text.contains("Kvitteringen er ekte"), "{}", told.text);
    }
    let other = Running::start_with(open_to_all).await;
    let told = other.visitor().fill_in("/receipt", "/receipt", &[("text", &text)]).await;
    let _ = told.expect(StatusCode::UNPROCESSABLE_ENTITY);
    // The hash is that of the stored report, which the evidence of the case has too.
    let (_, hash) = text.split_once("hash ").unwrap();
    let read = journal::SignedReceipt::read(&text).unwrap();
    assert_eq!(read.receipt.hash.to_string(), hash.lines().next().unwrap());
    let key = std::fs::read_to_string(running.data_dir().join("checkpoint.pub")).unwrap();
    assert!(read.is_signed_by(&journal::PublicKey::read(&key).unwrap()));
}
