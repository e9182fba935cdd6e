//! What a reporter is told of the way their report goes: by mail, where they can be mailed without
//! giving them away, and on the page that their code opens.

use tests::mails;

use super::*;

/// An address that stands nowhere else.
const ADDRESS: &str = "merkemelder@example.org";

/// The texts of all mails to an address.
fn texts_to(running: &Running, address: &str) -> Vec<String> {
    let to = format!("To: {address}");
    let mails = running.mails().into_iter().filter(|mail| mail.contains(&to));
    mails.map(|mail| mails::text_of(&mail)).collect()
}

/// Waits until a reporter has got so many mails, and nothing waits to be mailed any more.
async fn mailed(running: &Running, address: &str, count: usize) -> Vec<String> {
    eventually("an empty outbox", async || {
        running.service().dispatch_once().await;
        let administrator = &running.people.holder(Role::Administrator).token;
        let administrator = running.service().bearer(administrator)?;
        let waiting = running.service().waiting_post(&administrator, "/post").await.ok()?;
        waiting.is_empty().then_some(())
    })
    .await;
    let texts = texts_to(running, address);
    assert_eq!(texts.len(), count, "{texts:?}");
    texts
}

/// The first sentence of a mail.
fn sentence(text: &str) -> &str {
    text.lines().next().unwrap()
}

#[tokio::test]
async fn a_reporter_who_can_be_mailed_is_told_how_far_it_has_come_and_nothing_else() {
    let running = Running::start_with(open_to_all).await;
    let unit = running.people.holder(Role::Employee).unit.to_string();
    for (openness, count) in [("named", 3), ("confidential", 6), ("anonymous", 6)] {
        let who = [("openness", openness), ("name", NAME), ("contact", ADDRESS), ("unit", &*unit)];
        let filed = report_a_lost_phone(&running.visitor(), &who).await;
        story::walk_to_closed(&running, &filed).await;
        let texts = mailed(&running, ADDRESS, count).await;
        let code = [("code", filed.code.as_str())];
        let page = running.visitor().fill_in("/follow-up", "/follow-up", &code).await.text;
        for text in &texts {
            assert!(text.contains("/follow-up\n"), "{text}");
            assert!(page.contains(sentence(text)), "{text} is not on {page}");
            for words in [&*filed.number, &*filed.code, "/cases/", NAME, DEVICE] {
                assert!(!text.contains(words), "{words} stands in {text}");
            }
        }
        let subjects: Vec<_> =
            running.mails().into_iter().filter(|it| it.contains(ADDRESS)).collect();
        assert!(subjects.iter().all(|mail| !mail.contains(&filed.number)), "{subjects:?}");
        // In every way the page tells the same, in the same words.
        for step in ["Meldingen er lagret", "har tatt imot", "en avgjørelse", "Saken er lukket."] {
            assert!(page.contains(step), "{openness}: {step} is not on {page}");
        }
    }
}

#[tokio::test]
async fn under_their_own_name_colleagues_are_mailed_and_in_confidence_only_where_they_ask() {
    let running = Running::start().await;
    let employee = running.browser(Role::Employee).await;
    let own = format!("{}@example.org", running.people.holder(Role::Employee).sign_in_name);
    for (openness, count) in [("named", 1), ("confidential", 1), ("anonymous", 1)] {
        let filed = report_a_lost_phone(&employee, &[("openness", openness)]).await;
        story::take(&running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
        mailed(&running, &own, count).await;
    }
}

#[tokio::test]
async fn who_told_somebody_else_gets_the_acknowledgement_by_mail() {
    let running = Running::start().await;
    let dpo = running.api(Role::Dpo);
    let report = serde_json::json!({
        "category": "other", "unit": running.people.units[0], "what_happened": "Et brev",
        "channel": "phone", "name": NAME, "contact": ADDRESS,
        "discovered_at": "2026-03-02T07:30:00Z", "aware_at": "2026-03-02T07:40:00Z",
    });
    let filed = dpo.post("/api/v1/reports", &report).await.expect(StatusCode::CREATED).json();
    let filed = Filed::from_json(&filed);
    let texts = mailed(&running, ADDRESS, 1).await;
    assert!(texts[0].starts_with("Meldingen er lagret"), "{texts:?}");
    let found = steps::close_as_not_a_deviation("Brevet kom fram");
    story::take(&running, Role::Dpo, &filed, &found).await;
    let texts = mailed(&running, ADDRESS, 2).await;
    assert!(texts.iter().any(|text| text.starts_with("Saken er lukket.")), "{texts:?}");
    // Once erased they are told nothing any more, and nothing waits for an address.
    let whose = serde_json::json!({ "kind": "reporter" });
    story::take(&running, Role::Controller, &filed, &steps::erase(&whose, "ordered")).await;
    story::take(&running, Role::Controller, &filed, &steps::reopen("Mer kom fram")).await;
    mailed(&running, ADDRESS, 2).await;
}

#[tokio::test]
async fn whoever_looks_after_the_post_does_not_see_whom_such_a_mail_goes_to() {
    let running = Running::start_with(|settings| {
        open_to_all(settings);
        // Nothing leaves: a file lies in the folder's place.
        let in_the_way = settings.data_dir.join("no-folder");
        std::fs::write(&in_the_way, "").unwrap();
        let from = "avvik@example.org".to_owned();
        settings.mail = service::MailSettings::Folder { directory: in_the_way.join("mail"), from };
    })
    .await;
    let employee = running.people.holder(Role::Employee).clone();
    let unit = employee.unit.to_string();
    let who = [("openness", "named"), ("name", NAME), ("contact", ADDRESS), ("unit", &*unit)];
    let by_visitor = report_a_lost_phone(&running.visitor(), &who).await;
    let browser = running.browser(Role::Employee).await;
    let by_member = report_a_lost_phone(&browser, &[("openness", "named")]).await;
    for filed in [&by_visitor, &by_member] {
        story::take(&running, Role::Dpo, filed, &steps::receive(&running.people)).await;
    }
    let administrator = running.browser(Role::Administrator).await;
    let page = administrator.get("/post").await.expect(StatusCode::OK).text;
    assert_eq!(page.matches("Den som meldte fra</td>").count(), 2, "{page}");
    for trace in [NAME, ADDRESS, &employee.name, &employee.user.to_string()] {
        assert!(!page.contains(trace), "{trace} stands in {page}");
    }
}
