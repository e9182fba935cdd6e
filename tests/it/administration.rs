//! Keeping units, people and tokens on the pages, reading the access log, and looking after the
//! post.

use channels::mail::{Encryption, SmtpSettings};
use chrono::TimeDelta;
use domain::Role;
use hyper::StatusCode;
use serde_json::json;
use service::MailSettings;
use tests::browser_form::BrowserForm;
use tests::mail_road::{MailRoad, Passage};
use tests::running::eventually;
use tests::smtp_server::SmtpServer;
use tests::story::{self, report_a_lost_phone};
use tests::{Answer, Client, Running};

const ADMINISTRATION: &str = "/administration";
const NEW_PERSON: &str = "/administration/people/new";
const NEW_TOKEN: &str = "/administration/tokens/new";

/// The pages each with the one role that opens it, of those who hold no other.
const DOORS: [(&str, &[Role]); 6] = [
    ("/access-log", &[Role::Auditor]),
    ("/post", &[Role::Dpo, Role::Administrator]),
    (ADMINISTRATION, &[Role::Administrator]),
    (NEW_PERSON, &[Role::Administrator]),
    ("/administration/units/new", &[Role::Administrator]),
    (NEW_TOKEN, &[Role::Administrator]),
];

async fn new_person(running: &Running, client: &Client, fields: &[(&str, &str)]) -> BrowserForm {
    let unit = running.people.units[1].to_string();
    let form = BrowserForm::open(client, NEW_PERSON, NEW_PERSON).await;
    form.set("unit", &unit).set("roles", "leader").fill(fields)
}

/// What stands on a page that shows a secret once.
fn handed_out(answer: &Answer) -> String {
    let marked = answer.text.split_once("avvik-code--long\">").expect("a secret is shown").1;
    marked.split('<').next().expect("a split gives at least one part").to_owned()
}

fn named(running: &Running, sign_in_name: &str) -> usize {
    let organisation = running.service().organisation();
    let is_named = |it: &&domain::organisation::Person| {
        it.sign_in_name.get().is_some_and(|name| name == sign_in_name)
    };
    organisation.people.values().filter(is_named).count()
}

/// The address of somebody's page.
fn page_of(running: &Running, sign_in_name: &str) -> String {
    let organisation = running.service().organisation();
    let (user, _) = organisation.signs_in_as(sign_in_name).expect("they may sign in");
    format!("{ADMINISTRATION}/people/{user}")
}

#[tokio::test]
async fn each_page_opens_to_its_roles_alone() {
    let running = Running::start().await;
    for role in [Role::Auditor, Role::Dpo, Role::Administrator, Role::Controller, Role::Leader] {
        let client = running.browser(role).await;
        for (path, roles) in DOORS {
            let may = roles.contains(&role);
            let expected = if may { StatusCode::OK } else { StatusCode::FORBIDDEN };
            assert_eq!(client.get(path).await.status, expected, "{role:?} on {path}");
        }
    }
}

#[tokio::test]
async fn a_form_sent_twice_makes_one_person_and_filled_in_anew_another() {
    let running = Running::start().await;
    let client = running.browser(Role::Administrator).await;
    let kari = [("name", "Kari Lien"), ("sign_in_name", "kari"), ("email", "")];
    let form = new_person(&running, &client, &kari).await;
    let first = form.send(&client).await.expect(StatusCode::OK);
    let second = form.send(&client).await.expect(StatusCode::OK);
    assert_ne!(handed_out(&first), handed_out(&second), "none is kept to be shown again");
    assert_eq!(named(&running, "kari"), 1);

    let ola = form.set("name", "Ola Lien").set("sign_in_name", "ola");
    assert_eq!(ola.send(&client).await.status, StatusCode::OK);
    assert_eq!((named(&running, "kari"), named(&running, "ola")), (1, 1));
}

#[tokio::test]
async fn a_new_person_signs_in_with_the_password_shown_last_and_chooses_one() {
    let running = Running::start().await;
    let client = running.browser(Role::Administrator).await;
    let kari = [("name", "Kari Lien"), ("sign_in_name", "kari"), ("email", "")];
    assert_eq!(
        new_person(&running, &client, &kari).await.send(&client).await.status,
        StatusCode::OK
    );
    let page = page_of(&running, "kari");
    let again = BrowserForm::open(&client, &page, &format!("{page}/password")).await;
    let password = handed_out(&again.send(&client).await);
    assert!(!client.get(&page).await.text.contains(&password), "it is shown once");

    let newcomer = running.visitor();
    let signing_in = [("name", "kari"), ("password", password.as_str())];
    let answer = newcomer.fill_in("/sign-in", "/sign-in", &signing_in).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(newcomer.get("/inbox").await.location(), "/password");
}

#[tokio::test]
async fn what_the_organisation_refuses_comes_back_with_all_that_was_written() {
    let running = Running::start().await;
    let client = running.browser(Role::Administrator).await;
    let taken = running.people.holder(Role::Dpo).sign_in_name.as_str();
    let kari = [("name", "Kari Lien"), ("sign_in_name", taken), ("email", "kari@example.org")];
    let form = new_person(&running, &client, &kari).await;
    let answer = form.send(&client).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text.contains("href=\"#person_form-sign_in_name\""), "{answer:?}");
    assert_eq!(BrowserForm::on(&answer, NEW_PERSON).typed(), form.typed());
    assert_eq!(named(&running, taken), 1);
}

#[tokio::test]
async fn whoever_is_deactivated_is_out_and_the_last_administrator_stays() {
    let running = Running::start().await;
    let client = running.browser(Role::Administrator).await;
    let leader = running.browser(Role::Leader).await;
    let deactivate = |person: &str| format!("{}/deactivate", page_of(&running, person));
    let address = deactivate(&running.people.holder(Role::Leader).sign_in_name);
    let form = BrowserForm::open(&client, &address, &address).await;
    assert_eq!(form.send(&client).await.status, StatusCode::SEE_OTHER);
    assert!(leader.get("/reports").await.location().starts_with("/sign-in"));

    let address = deactivate(&running.people.holder(Role::Administrator).sign_in_name);
    let form = BrowserForm::open(&client, &address, &address).await;
    assert_eq!(form.send(&client).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(client.get(ADMINISTRATION).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_token_works_until_it_is_withdrawn() {
    let running = Running::start().await;
    let client = running.browser(Role::Administrator).await;
    let mut dpo = running.people.holder(Role::Dpo).clone();
    let user = dpo.user.to_string();
    let form = BrowserForm::open(&client, NEW_TOKEN, NEW_TOKEN).await;
    let form = form.fill(&[("user", &user), ("label", "arkivsystemet"), ("days", "366")]);
    assert_eq!(form.send(&client).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let answer = form.set("days", "365").send(&client).await.expect(StatusCode::OK);
    dpo.token = handed_out(&answer);
    let program = running.api_of(&dpo);
    assert_eq!(program.get("/api/v1/cases").await.status, StatusCode::OK);

    let listed = client.get(ADMINISTRATION).await.text;
    assert!(listed.contains("arkivsystemet") && !listed.contains(&dpo.token), "{listed}");
    let organisation = running.service().organisation();
    let mut issued = organisation.tokens.iter();
    let (token, _) = issued.find(|(_, it)| it.label == "arkivsystemet").unwrap();
    let address = format!("{ADMINISTRATION}/tokens/{token}/revoke");
    let form = BrowserForm::open(&client, &address, &address).await;
    assert_eq!(form.send(&client).await.status, StatusCode::SEE_OTHER);
    assert_eq!(program.get("/api/v1/cases").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_auditor_reads_who_looked_and_nothing_of_what_was_searched_for() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, None).await;
    let dpo = running.api(Role::Dpo);
    assert_eq!(dpo.get(&filed.address("")).await.status, StatusCode::OK);
    let search = dpo.post("/api/v1/cases/search", &json!({ "words": "hemmelig" })).await;
    assert_eq!(search.status, StatusCode::OK);
    assert_eq!(
        running.api(Role::Employee).get(&filed.address("")).await.status,
        StatusCode::NOT_FOUND
    );

    let auditor = running.browser(Role::Auditor).await;
    let log = auditor.get("/access-log").await.expect(StatusCode::OK).text;
    let looked = format!("Sak {}", filed.number);
    let dpo = &running.people.holder(Role::Dpo).name;
    for shown in [looked.as_str(), ">Søk<", dpo, "Personvernombud", "Avvist"] {
        assert!(log.contains(shown), "{shown} is not in {log}");
    }
    assert!(!log.contains("hemmelig"), "{log}");
}

#[tokio::test]
async fn the_access_log_is_turned_page_by_page_and_nothing_is_skipped() {
    let running = Running::start().await;
    let auditor = running.browser(Role::Auditor).await;
    for _ in 0..60 {
        assert_eq!(auditor.get("/access-log").await.status, StatusCode::OK);
    }
    let log = auditor.get("/access-log").await;
    assert_eq!(lines(&log), 50);
    let older = link(&log, "next");
    assert_eq!(older, "/access-log?before=51");
    let log = auditor.get(&older).await;
    assert_eq!(lines(&log), 50);
    let newer = link(&log, "prev");
    assert_eq!(newer, "/access-log?before=101");
    assert_eq!(lines(&auditor.get(&newer).await), 50);
    assert_eq!(lines(&auditor.get("/access-log?before=1").await), 0);
}

fn lines(log: &Answer) -> usize {
    log.text.matches("<td data-label=\"Side\"").count()
}

fn link(log: &Answer, rel: &str) -> String {
    let (_, link) = log.text.split_once(&format!("rel=\"{rel}\" href=\"")).unwrap();
    link.split('"').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_did_not_leave_is_listed_and_leaves_when_somebody_asks() {
    let server = SmtpServer::start();
    let road = MailRoad::to(server.port(), Passage::Blocked).await;
    let port = road.port();
    let running = Running::start_with(move |settings| settings.mail = by_server(port)).await;
    let dpo = running.browser(Role::Dpo).await;
    let filed = report_a_lost_phone(&running.browser(Role::Employee).await, &[]).await;
    let listed = eventually("a failed attempt", async || {
        let listed = dpo.get("/post").await;
        listed.text.contains("Forsøk\">1<").then_some(listed)
    })
    .await;
    assert!(listed.text.contains(&filed.number), "{listed:?}");
    running.pass(TimeDelta::seconds(1));
    road.set(Passage::Open);
    let again = BrowserForm::on(&listed, "/post/resend");
    assert_eq!(again.send(&dpo).await.location(), "/post");
    assert_eq!(server.wait_for(1).len(), 1);
    eventually("an empty list", async || {
        dpo.get("/post").await.text.contains("Alle e-poster er sendt").then_some(())
    })
    .await;
    assert_eq!(again.send(&dpo).await.location(), "/post", "it has gone out already");
}

fn by_server(port: u16) -> MailSettings {
    MailSettings::Smtp(Box::new(SmtpSettings {
        host: "127.0.0.1".to_owned(),
        port,
        encryption: Encryption::None,
        trusted_issuers: None,
        credentials: None,
        from: "avvik@example.org".parse().unwrap(),
        timeout_seconds: 30,
    }))
}
