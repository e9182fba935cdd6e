//! Reminders and links by the organisation's own settings, and where it is seen that something is
//! due: in the list of measures, in the form that asks, in the form that receives.

use chrono::{TimeDelta, Timelike};
use domain::Role;
use hyper::StatusCode;
use service::Settings;
use service::settings::CaseSettings;
use tests::browser_form::BrowserForm;
use tests::running::eventually;
use tests::story::{self, Filed};
use tests::{Running, mails, steps};

fn own_times(settings: &mut Settings) {
    settings.case = CaseSettings { effect_review_days: 10, reminder_hours: 48, link_days: 3 };
}

async fn received(running: &Running) -> Filed {
    let filed = story::report_by_api(running, None).await;
    story::take(running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
    filed
}

#[tokio::test]
async fn a_measure_is_looked_at_again_when_the_settings_say_and_the_list_shows_it() {
    let running = Running::start_with(own_times).await;
    let filed = received(&running).await;
    let leader = running.people.holder(Role::Leader);
    let measure = story::propose_measure(&running, &filed, "preventive", "Lås", leader).await;
    let done = steps::complete_measure(&measure, "Alle har lås");
    story::take(&running, Role::Leader, &filed, &done).await;
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(case["measures"][0]["review_due_at"], "2026-03-12T08:00:00Z");
    let list = async || {
        let leader = running.browser(Role::Leader).await;
        leader.get("/measures").await.expect(StatusCode::OK).text
    };
    let shown = list().await;
    assert!(shown.contains("Virkningen vurderes torsdag 12. mars 2026"), "{shown}");
    running.pass(TimeDelta::days(10));
    running.service().remind_once().await;
    assert_eq!(story::happened(&running, &filed, "effect_review_due").await.len(), 1);
    let shown = list().await;
    assert!(shown.contains("Virkningen skal vurderes nå (frist torsdag 12. mars 2026)"), "{shown}");
    let reviewed = steps::review_effect(&measure, "partly", "To til er mistet");
    story::take(&running, Role::Dpo, &filed, &reviewed).await;
    let shown = list().await;
    assert!(shown.contains("Vurdert: Det virker delvis"), "{shown}");
    assert!(!shown.contains("vurderes nå"), "{shown}");
}

#[tokio::test]
async fn a_measure_that_is_not_done_reaches_its_owner_the_handler_and_at_last_the_controller() {
    let running = Running::start().await;
    let filed = received(&running).await;
    let owner = running.people.holder(Role::SystemOwner);
    let propose = steps::propose_measure("corrective", "Lås", owner);
    story::take(&running, Role::Dpo, &filed, &propose).await;
    let case = story::case(&running, Role::Dpo, &filed).await;
    let due_at: domain::Time = case["measures"][0]["due_at"].as_str().unwrap().parse().unwrap();
    let raised = async || {
        running.service().remind_once().await;
        let raised = story::happened(&running, &filed, "measure_reminded").await;
        raised.iter().map(|it| it["reminder"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(raised().await, [""; 0]);
    running.pass(due_at - TimeDelta::hours(24) - running.now());
    assert_eq!(raised().await, ["before_due"]);
    running.pass(TimeDelta::hours(24));
    assert_eq!(raised().await, ["before_due", "due"]);
    running.pass(TimeDelta::days(3));
    assert_eq!(raised().await, ["before_due", "due", "escalated"]);
    assert_eq!(raised().await.len(), 3, "each once");
    let controller = format!("{}@", running.people.holder(Role::Controller).sign_in_name);
    let mails = eventually("the controller's mail", async || {
        running.service().dispatch_once().await;
        let mails = running.mails();
        let mut theirs = mails.iter().filter(|mail| mail.contains(&controller));
        let is_told = theirs.any(|mail| mail.contains("ikke meldt som gjort"));
        is_told.then_some(mails)
    })
    .await;
    assert!(mails.iter().all(|mail| !mail.contains("Lås")), "{mails:?}");
}

#[tokio::test]
async fn whoever_is_asked_is_reminded_as_long_before_as_the_settings_say() {
    let running = Running::start_with(own_times).await;
    let filed = received(&running).await;
    let owner = running.people.holder(Role::SystemOwner);
    let ask = steps::inquire(owner, "Hvor mange?", "2026-03-05T08:00:00Z");
    story::take(&running, Role::Dpo, &filed, &ask).await;
    let reminded = async || {
        running.service().remind_once().await;
        story::happened(&running, &filed, "inquiry_reminded").await.len()
    };
    running.pass(TimeDelta::hours(24) - TimeDelta::seconds(1));
    assert_eq!(reminded().await, 0);
    running.pass(TimeDelta::seconds(1));
    assert_eq!(reminded().await, 1);
}

#[tokio::test]
async fn a_link_works_as_long_as_the_settings_and_the_mail_say() {
    let running = Running::start_with(own_times).await;
    let filed = received(&running).await;
    let ask =
        steps::inquire_outside("Drift AS", "drift@example.net", "Når?", "2026-03-04T12:00:00Z");
    story::take(&running, Role::Dpo, &filed, &ask).await;
    let mail = eventually("a mail with a link", async || {
        let texts = running.mails().into_iter().map(|mail| mails::text_of(&mail));
        texts.into_iter().find(|text| text.contains("/answer/"))
    })
    .await;
    assert!(mail.contains("Den virker i 3 dager og tar ett svar."), "{mail}");
    let (_, secret) = mail.split_once("/answer/").unwrap();
    let secret: String = secret.chars().take_while(char::is_ascii_alphanumeric).collect();
    let link = format!("/answer/{secret}");
    running.pass(TimeDelta::days(3) - TimeDelta::seconds(1));
    assert_eq!(running.visitor().get(&link).await.status, StatusCode::OK);
    running.pass(TimeDelta::seconds(1));
    assert_eq!(running.visitor().get(&link).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_form_that_asks_suggests_the_organisations_own_target() {
    let running = Running::start().await;
    let filed = received(&running).await;
    let target =
        running.service().answer_due_at(running.now()).expect("the shipped duties have one");
    let dpo = running.browser(Role::Dpo).await;
    let address = format!("{}/inquire", filed.page());
    let form = BrowserForm::open(&dpo, &address, &address).await;
    let local = target.with_timezone(&chrono_tz::Europe::Oslo).format("%Y-%m-%dT%H:%M").to_string();
    assert_eq!(form.value("due_at"), Some(&*local));
    let owner = running.people.holder(Role::SystemOwner).user.to_string();
    let sent = form.set("person", &owner).set("question", "Hvor mange?").send(&dpo).await;
    let _ = sent.expect(StatusCode::SEE_OTHER);
    let case = story::case(&running, Role::Dpo, &filed).await;
    // A field takes minutes.
    let target = target.with_second(0).unwrap();
    assert_eq!(case["inquiries"][0]["due_at"], serde_json::json!(target));
}

#[tokio::test]
async fn the_form_that_receives_a_case_shows_the_open_ones_it_resembles_and_why() {
    let running = Running::start().await;
    let open = story::report_by_api(&running, None).await;
    let closed = story::report_by_api(&running, None).await;
    let found = steps::close_as_not_a_deviation("Den lå i skuffen");
    story::take(&running, Role::Dpo, &closed, &found).await;
    let filed = story::report_by_api(&running, None).await;
    let dpo = running.browser(Role::Dpo).await;
    let address = format!("{}/receive", filed.page());
    let page = dpo.get(&address).await.expect(StatusCode::OK);
    let (_, similar) = page.text.split_once("id=\"similar\"").expect("they are shown");
    let (similar, _) = similar.split_once("</section>").unwrap();
    assert!(similar.contains(&format!("href=\"{}\"", open.page())), "{similar}");
    assert!(!similar.contains(&format!("href=\"{}\"", closed.page())), "{similar}");
    for why in ["Samme kategori", "Samme enhet", "Meldt samme dag", "Felles ord"] {
        assert!(similar.contains(why), "{why}: {similar}");
    }
    let other = &open.number;
    let forms = ["link", "merge"].map(|step| format!("{step}?other={other}"));
    for page in forms.iter().map(String::as_str).chain(["similar"]) {
        assert!(similar.contains(&format!("href=\"{}/{page}\"", filed.page())), "{similar}");
    }
    let joined = dpo.get(&format!("{}/{}", filed.page(), forms[1])).await.expect(StatusCode::OK);
    let form = BrowserForm::on(&joined, &format!("{}/merge", filed.page()));
    assert_eq!(form.value("other"), Some(&**other));
    // Returned to be corrected it shows them too.
    let form = BrowserForm::on(&page, &address).set("handler", "");
    let again = form.send(&dpo).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text.contains("id=\"similar\""), "{}", again.text);
    let look = running.browser(Role::Auditor).await.get("/access-log").await.text;
    assert!(look.contains("/similar"), "the look is in the log: {look}");
    assert_eq!(story::happened(&running, &filed, "case_linked").await.len(), 0);
}
