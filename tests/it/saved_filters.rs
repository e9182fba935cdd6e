//! What somebody often looks for among the cases, kept under a name; and the keys that lead to
//! pages.

use domain::Role;
use hyper::StatusCode;
use tests::browser_form::BrowserForm;
use tests::{Client, Running, disk};

const FILTERS: &str = "/inbox/filters";

/// A filter with marks in its name, kept from the list.
async fn keep(client: &Client, name: &str) {
    let form = BrowserForm::open(client, "/inbox?phase=any&category=other", FILTERS).await;
    let kept = form.set("name", name).send(client).await.expect(StatusCode::SEE_OTHER);
    assert_eq!(kept.location(), "/inbox?phase=any&category=other");
}

/// The address of the page's only filter, from its form to rename it.
async fn only(client: &Client) -> String {
    let page = client.get(FILTERS).await.expect(StatusCode::OK);
    let mut actions = page.text.match_indices("action=\"/inbox/filters/");
    let (at, _) = actions.next().unwrap();
    let rest = &page.text[at + "action=\"".len()..];
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_filter_is_kept_used_renamed_and_deleted_also_across_a_restart() {
    let mut running = Running::start().await;
    let dpo = running.browser(Role::Dpo).await;
    keep(&dpo, "Alt annet <merke>").await;
    running.restart().await;
    let list = dpo.get("/inbox").await.expect(StatusCode::OK);
    assert!(list.text.contains("Alt annet &#60;merke&#62;"), "{list:?}");
    assert!(list.text.contains("href=\"/inbox?phase=any&#38;category=other\""), "{list:?}");
    let filter = only(&dpo).await;
    let form = BrowserForm::open(&dpo, FILTERS, &filter).await;
    let empty = form.clone().set("name", " ").send(&dpo).await;
    let empty = empty.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.text.contains("Skriv et navn på filteret."), "{empty:?}");
    let _ = form.clone().set("name", "Resten").send(&dpo).await.expect(StatusCode::SEE_OTHER);
    let _ = form.set("name", "Alle andre").send(&dpo).await.expect(StatusCode::SEE_OTHER);
    let list = dpo.get("/inbox").await;
    assert!(list.text.contains("Alle andre") && !list.text.contains("Alt annet"), "{list:?}");
    let delete = format!("{filter}/delete");
    let gone = BrowserForm::open(&dpo, FILTERS, &delete).await.send(&dpo).await;
    assert_eq!(gone.expect(StatusCode::SEE_OTHER).location(), FILTERS);
    assert!(!dpo.get("/inbox").await.text.contains("Alle andre"));
}

#[tokio::test]
async fn a_filter_is_its_owners_alone_and_lies_sealed() {
    let running = Running::start().await;
    let (dpo, leader) = (running.browser(Role::Dpo).await, running.browser(Role::Leader).await);
    keep(&dpo, "Merkefilter").await;
    let filter = only(&dpo).await;
    assert!(!leader.get("/inbox").await.text.contains("Merkefilter"));
    keep(&leader, "Mitt eget").await;
    // Whoever guesses another's filter changes nothing.
    let own = only(&leader).await;
    let form = BrowserForm::open(&leader, FILTERS, &format!("{own}/delete")).await;
    let hidden = [("csrf", form.value("csrf").unwrap()), ("key", form.value("key").unwrap())];
    let _ = leader.post_form(&format!("{filter}/delete"), &hidden).await;
    assert!(dpo.get("/inbox").await.text.contains("Merkefilter"));
    let holding = disk::files_holding(&running.data_dir().join("store"), b"Merkefilter");
    assert!(holding.is_empty(), "{holding:?}");
    for role in [Role::Employee, Role::Auditor, Role::Administrator] {
        let answer = running.browser(role).await.get(FILTERS).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{role:?}");
    }
}

#[tokio::test]
async fn what_is_searched_for_is_in_no_filter() {
    let running = Running::start().await;
    let dpo = running.browser(Role::Dpo).await;
    let form = BrowserForm::open(&dpo, "/inbox?category=other", FILTERS).await;
    let form = form.set("name", "Søk").set("words", "kråkenes");
    let kept = form.send(&dpo).await.expect(StatusCode::SEE_OTHER);
    assert_eq!(kept.location(), "/inbox?category=other");
    let searched = dpo.fill_in("/inbox", "/inbox", &[("words", "kråkenes")]).await;
    assert!(searched.form(FILTERS).is_none(), "a search is not kept: {searched:?}");
}

#[tokio::test]
async fn every_shortcut_on_the_pages_stands_in_the_list_and_leads_where_it_says() {
    let running = Running::start().await;
    for role in [Role::Dpo, Role::Auditor, Role::Employee] {
        let browser = running.browser(role).await;
        let list = browser.get("/shortcuts").await.expect(StatusCode::OK).text;
        for page in ["/", "/measures"] {
            let page = browser.get(page).await.expect(StatusCode::OK).text;
            let keys =
                page.split("accesskey=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
            let keys: Vec<&str> = keys.collect();
            assert!(3 < keys.len(), "{keys:?}");
            for key in keys {
                assert!(list.contains(&format!("<kbd>{key}</kbd>")), "{role:?}: {key}");
            }
            assert!(page.contains("href=\"/shortcuts\""), "the list is found from every page");
        }
    }
}
