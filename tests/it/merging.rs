//! What two cases about one breach owe each other: who is kept out, and no clock that ends unseen.

use domain::Role;
use hyper::StatusCode;
use serde_json::json;
use tests::story::{self, Filed};
use tests::{Running, steps};

async fn received(running: &Running) -> Filed {
    let filed = story::report_by_api(running, None).await;
    story::take(running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
    filed
}

async fn sees(running: &Running, role: Role, filed: &Filed) -> bool {
    running.api(role).get(&filed.address("")).await.status == StatusCode::OK
}

#[tokio::test]
async fn whoever_is_involved_in_one_is_kept_out_of_both_before_the_merge_and_after() {
    let running = Running::start().await;
    let (goes_on, ends) = (received(&running).await, received(&running).await);
    let leader = running.people.holder(Role::Leader);
    story::take(&running, Role::Dpo, &goes_on, &steps::involve(leader)).await;
    assert!(sees(&running, Role::Leader, &ends).await, "nobody has said that they belong together");
    let merge = steps::merge(&goes_on.number, "Meldt to ganger");
    story::take(&running, Role::Dpo, &ends, &merge).await;
    assert!(!sees(&running, Role::Leader, &ends).await);
    assert!(sees(&running, Role::SecurityOfficer, &ends).await);
    let security = running.people.holder(Role::SecurityOfficer);
    story::take(&running, Role::Dpo, &goes_on, &steps::involve(security)).await;
    for filed in [&goes_on, &ends] {
        assert!(!sees(&running, Role::SecurityOfficer, filed).await, "{}", filed.number);
    }
    let controller = running.people.holder(Role::Controller);
    story::take(&running, Role::Dpo, &ends, &steps::involve(controller)).await;
    assert!(!sees(&running, Role::Controller, &goes_on).await, "from the one that ended, too");
}

#[tokio::test]
async fn a_duty_that_runs_in_one_alone_is_not_merged_away() {
    let running = Running::start().await;
    let (goes_on, ends) = (received(&running).await, received(&running).await);
    let protected = steps::establish_facts(&json!({ "protected_address": true }));
    story::take(&running, Role::Dpo, &ends, &protected).await;
    let not_here = steps::establish_facts(&json!({ "protected_address": false }));
    story::take(&running, Role::Dpo, &goes_on, &not_here).await;
    let merge = steps::merge(&goes_on.number, "Meldt to ganger");
    let refusal = story::refused(&running, Role::Dpo, &ends, &merge).await;
    assert_eq!(refusal["refusal"], "not_ready_to_close");
    assert_eq!(refusal["outstanding"][0]["step"], "fulfil_duties", "{refusal}");
    story::take(&running, Role::Dpo, &goes_on, &protected).await;
    story::take(&running, Role::Dpo, &ends, &merge).await;
}
