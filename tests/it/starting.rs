//! The starter of the other tests keeps its promises: signing in, tokens, a restart, one's data.

use domain::Role;
use hyper::StatusCode;
use tests::Running;

#[tokio::test]
async fn everybody_can_sign_in_and_still_after_a_restart() {
    let mut running = Running::start().await;
    let browser = running.browser(Role::Dpo).await;
    let page = browser.get("/").await.expect(StatusCode::OK);
    assert!(page.text.contains(&running.people.holder(Role::Dpo).name), "{}", page.text);

    running.restart().await;
    let page = browser.get("/").await.expect(StatusCode::OK);
    assert!(page.text.contains(&running.people.holder(Role::Dpo).name), "{}", page.text);
}
