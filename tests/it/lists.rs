//! The lists people work from: cases, decisions, measures, and the register of breaches.

use chrono::TimeDelta;
use domain::Role;
use hyper::StatusCode;
use hyper::header::CONTENT_TYPE;
use journal::Access;
use tests::browser_form::BrowserForm;
use tests::story::{self, Filed};
use tests::{Running, disk, steps};

/// Discovered half an hour before the test begins.
async fn reported(running: &Running) -> Filed {
    story::report_by_api(running, Some("2026-03-02T07:30:00Z")).await
}

async fn page(running: &Running, role: Role, address: &str) -> String {
    running.browser(role).await.get(address).await.expect(StatusCode::OK).text
}

fn links_to(text: &str, filed: &Filed) -> bool {
    text.contains(&format!("href=\"{}\"", filed.page()))
}

#[tokio::test]
async fn the_inbox_tells_what_is_left_and_then_by_how_much_it_is_over() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    let inbox = page(&running, Role::Dpo, "/inbox").await;
    assert!(links_to(&inbox, &filed), "{inbox}");
    assert!(inbox.contains("71 timer og 30 minutter igjen"), "{inbox}");
    running.pass(TimeDelta::hours(73));
    let inbox = page(&running, Role::Dpo, "/inbox").await;
    assert!(inbox.contains("1 time og 30 minutter over fristen"), "{inbox}");
}

#[tokio::test]
async fn a_leader_finds_the_units_cases_once_they_are_taken_in() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    assert!(!links_to(&page(&running, Role::Leader, "/inbox").await, &filed));
    story::take(&running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
    let inbox = page(&running, Role::Leader, "/inbox").await;
    assert!(links_to(&inbox, &filed), "{inbox}");
    assert!(inbox.contains("Saker i min enhet"), "{inbox}");
    let employee = running.browser(Role::Employee).await;
    let _ = employee.get("/inbox").await.expect(StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn open_cases_are_listed_until_closed_ones_are_asked_for() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    story::walk_to_closed(&running, &filed).await;
    assert!(!links_to(&page(&running, Role::Dpo, "/inbox").await, &filed));
    let dpo = running.browser(Role::Dpo).await;
    let form = BrowserForm::open(&dpo, "/inbox", "/inbox").await.set("phase", "any_closed");
    let answer = form.send(&dpo).await.expect(StatusCode::SEE_OTHER);
    assert_eq!(answer.location(), "/inbox?phase=any_closed");
    let closed = dpo.get(answer.location()).await.expect(StatusCode::OK);
    assert!(links_to(&closed.text, &filed), "{}", closed.text);
}

#[tokio::test]
async fn words_are_searched_for_and_stay_out_of_the_address() {
    let mut running = Running::start().await;
    let filed = reported(&running).await;
    let dpo = running.browser(Role::Dpo).await;
    for (words, is_found) in
        [("KRÅKENES buss", true), ("bussene kråken", true), ("kråkenes båt", false)]
    {
        let form = BrowserForm::open(&dpo, "/inbox", "/inbox").await.set("words", words);
        let answer = form.send(&dpo).await.expect(StatusCode::OK);
        assert_eq!(links_to(&answer.text, &filed), is_found, "{words}: {}", answer.text);
        let again = BrowserForm::on(&answer, "/inbox");
        assert_eq!(again.value("words"), Some(words), "what was typed is kept");
    }
    running.stop().await;
    let noted = disk::accesses(running.data_dir()).await;
    let searches = noted.iter().filter(|it| matches!(it.what, Access::Search { .. }));
    assert_eq!(searches.filter(|it| it.page == "/inbox").count(), 3);
}

#[tokio::test]
async fn the_controller_finds_what_waits_for_a_decision() {
    let running = Running::start().await;
    let (memo, undecided) = (reported(&running).await, reported(&running).await);
    story::walk_to_memo(&running, &memo).await;
    let decisions = page(&running, Role::Controller, "/decisions").await;
    let (clocks, memos) = decisions.split_once("Skal saken lukkes?").unwrap();
    assert!(links_to(clocks, &undecided) && !links_to(clocks, &memo), "{decisions}");
    assert!(links_to(memos, &memo) && !links_to(memos, &undecided), "{decisions}");
    let auditor = running.browser(Role::Auditor).await;
    let _ = auditor.get("/decisions").await.expect(StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_measure_leads_to_its_page_and_says_that_it_is_overdue() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    let owner = running.people.holder(Role::SystemOwner);
    let measure =
        story::propose_measure(&running, &filed, "immediate", "Sperr kortet", owner).await;
    let address = format!("href=\"{}/measures/{measure}\"", filed.page());
    let own = page(&running, Role::SystemOwner, "/measures").await;
    assert!(own.contains(&address) && own.contains("Skal gjøres"), "{own}");
    assert!(page(&running, Role::Dpo, "/measures").await.contains(&address));
    assert!(!page(&running, Role::Employee, "/measures").await.contains(&address));
    running.pass(TimeDelta::days(3));
    let own = page(&running, Role::SystemOwner, "/measures").await;
    assert!(own.contains("over fristen"), "{own}");
}

#[tokio::test]
async fn the_register_tells_everything_on_the_page_and_in_the_sheet() {
    let mut running = Running::start().await;
    let filed = reported(&running).await;
    story::walk_to_memo(&running, &filed).await;
    let told = [0, 1, 2, 3, 6, 8].map(|index| story::SAID_IN_HANDLING[index]);
    let register = page(&running, Role::SecurityOfficer, "/register").await;
    let controller = running.browser(Role::Controller).await;
    let sheet = controller.get("/register.csv").await.expect(StatusCode::OK);
    assert!(sheet.header(&CONTENT_TYPE).starts_with("text/csv"));
    assert!(sheet.text.starts_with("\u{feff}\"Sak\";"), "{}", sheet.text);
    for said in told {
        assert!(register.contains(said) && sheet.text.contains(said), "{said}");
    }
    assert!(links_to(&register, &filed) && register.contains("href=\"/register.csv\""));
    let employee = running.browser(Role::Employee).await;
    for address in ["/register", "/register.csv"] {
        let _ = employee.get(address).await.expect(StatusCode::FORBIDDEN);
    }
    running.stop().await;
    let noted: Vec<Access> =
        disk::accesses(running.data_dir()).await.into_iter().map(|it| it.what).collect();
    assert!(noted.contains(&Access::List("register".to_owned())), "{noted:?}");
    assert!(noted.contains(&Access::Export("register".to_owned())), "{noted:?}");
}

#[tokio::test]
async fn what_a_reporter_wrote_does_not_run_in_a_spreadsheet() {
    let running = Running::start().await;
    let employee = running.browser(Role::Employee).await;
    let form = story::lost_phone(&employee, &[("openness", "named")]).await;
    let answer = form.set("what_happened", "=HYPERLINK(\"x\")").send(&employee).await;
    let _ = answer.expect(StatusCode::OK);
    let sheet = running.browser(Role::Dpo).await.get("/register.csv").await;
    let sheet = sheet.expect(StatusCode::OK).text;
    assert!(sheet.contains("\"'=HYPERLINK(\"\"x\"\")\""), "{sheet}");
}
