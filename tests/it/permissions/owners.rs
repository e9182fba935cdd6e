//! Whoever answers for a measure sees that measure, and nothing else of its case.

use domain::Role;
use hyper::StatusCode;
use tests::browser_form::BrowserForm;
use tests::running::eventually;
use tests::story::{self, SAID_IN_HANDLING};
use tests::{Running, crawl, mails, steps};

const WIPE: &str = "Sperr kontoen hos leverandøren";

#[tokio::test]
async fn an_owner_sees_the_own_measure_does_it_and_sees_nothing_of_the_case() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, None).await;
    story::walk_to_memo(&running, &filed).await;
    let owner = running.people.holder(Role::SystemOwner);
    let wipe = story::propose_measure(&running, &filed, "immediate", WIPE, owner).await;
    let api = running.api(Role::SystemOwner);
    let listed = api.get("/api/v1/measures").await.expect(StatusCode::OK).json();
    assert_eq!(listed["total"], 1, "{listed}");
    assert_eq!(listed["items"][0]["description"], WIPE);
    assert_eq!(listed["items"][0]["case"], *filed.number);
    assert_eq!(api.get(&filed.address("")).await.status, StatusCode::NOT_FOUND);

    let browser = running.browser(Role::SystemOwner).await;
    let measure = format!("{}/measures/{wipe}", filed.page());
    for (path, page) in crawl::everything(&browser, &["/".to_owned(), filed.page(), measure]).await
    {
        for said in SAID_IN_HANDLING.iter().chain(&["Kråkenes", story::DEVICE]) {
            assert!(!page.text.contains(said), "{said:?} stands on {path}");
        }
    }
    let verify = steps::verify_measure(&wipe, true, "Sett i loggen");
    let answer = story::ask(&running, Role::SystemOwner, &filed, &verify).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    let complete = steps::complete_measure(&wipe, "Slettet");
    story::take(&running, Role::SystemOwner, &filed, &complete).await;
    let listed = api.get("/api/v1/measures").await.json();
    assert_eq!(listed["items"][0]["state"], "completed");
}

#[tokio::test]
async fn a_measure_of_somebody_else_is_none_of_theirs() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, None).await;
    let owner = running.people.holder(Role::SystemOwner);
    let wipe = story::propose_measure(&running, &filed, "immediate", WIPE, owner).await;
    let complete = steps::complete_measure(&wipe, "Slettet");
    for role in [Role::Employee, Role::Archivist, Role::Administrator] {
        let listed = running.api(role).get("/api/v1/measures").await.json();
        assert_eq!(listed["total"], 0, "{role:?}: {listed}");
        let answer = story::ask(&running, role, &filed, &complete).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{role:?}");
        let page = format!("{}/measures/{wipe}", filed.page());
        let answer = running.browser(role).await.get(&page).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{role:?}");
    }
}

#[tokio::test]
async fn the_link_in_the_mail_leads_the_owner_to_the_measure() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, None).await;
    let owner = running.people.holder(Role::SystemOwner);
    let wipe = story::propose_measure(&running, &filed, "immediate", WIPE, owner).await;
    let to = "To: systemeier@example.org";
    let mail = eventually("a mail to the owner", async || {
        running.mails().into_iter().find(|mail| mail.contains(to))
    })
    .await;
    let text = mails::text_of(&mail);
    assert!(!text.contains(WIPE), "{text}");
    let path = format!("{}/measures/{wipe}", filed.page());
    assert!(text.contains(&format!("{}{path}", running.base_url())), "{text}");
    let owner = running.browser(Role::SystemOwner).await;
    let page = owner.get(&path).await.expect(StatusCode::OK);
    assert!(page.text.contains(WIPE), "{}", page.text);
    let complete = format!("{path}/complete");
    let form = BrowserForm::on(&page, &complete).set("account", "Sperret kl. 10");
    assert_eq!(form.send(&owner).await.status, StatusCode::SEE_OTHER);
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(case["measures"][0]["account"], "Sperret kl. 10");
}
