//! Letters as they stood at a moment: written at 08:00 UTC, changed and listed at 09:00.

use chrono::TimeDelta;

use super::*;

#[tokio::test]
async fn letters_are_shown_as_they_were_known_at_a_moment() {
    let running = Running::start().await;
    let filed = case(&running).await;
    dpo(&running, &filed, "letters", first("Et brev kom bort.")).await;
    running.pass(TimeDelta::hours(1));
    dpo(&running, &filed, "letters", words("nb", "Et brev kom til feil adresse.")).await;
    import(&running, &filed, LIST).await.went_on();
    let signed = sign(&running, &filed).await;
    assert!(signed.status.is_success(), "{signed:?}");

    let api = running.api(Role::Dpo);
    let at = async |tail: &str| api.get(&filed.address(tail)).await;
    let then = at("letters?as_of=2026-03-02T08:30:00Z").await.expect(StatusCode::OK).json();
    assert_eq!(then[0]["texts"][0]["words"]["what_happened"], "Et brev kom bort.");
    assert_eq!((&then[0]["list"], &then[0]["signed_at"]), (&Value::Null, &Value::Null));
    let now = at("letters?as_of=2030-01-01T00:00:00Z").await.expect(StatusCode::OK).json();
    assert_eq!(now[0], letter(&running, &filed).await);
    assert_ne!(now[0], then[0]);
    let recipients = "letters/1/recipients?as_of=2026-03-02T08:30:00Z";
    assert_eq!(at(recipients).await.expect(StatusCode::OK).json(), json!([]));
    let before = at("letters?as_of=2026-03-01T08:30:00Z").await;
    assert_eq!(before.status, StatusCode::NOT_FOUND);

    let browser = running.browser(Role::Dpo).await;
    let page = async |tail: &str| {
        let address = format!("{}/{tail}", filed.page());
        browser.get(&address).await.expect(StatusCode::OK).text
    };
    let documents = page("documents?as_of=2026-03-02T09:30").await;
    let letters = format!("{}/letters?as_of=2026-03-02T08:30:00.000000Z", filed.page());
    assert!(documents.contains(&letters), "{documents}");
    let listed = browser.get(&letters).await.expect(StatusCode::OK).text;
    assert!(listed.contains("slik de var mandag 2. mars 2026 kl. 09.30"), "{listed}");
    assert!(listed.contains("letters/1?as_of=2026-03-02T08:30:00"), "{listed}");
    let then = page("letters/1?as_of=2026-03-02T09:30").await;
    assert!(then.contains("Et brev kom bort.") && !then.contains("feil adresse"), "{then}");
    assert!(then.contains("letters/1/preview?as_of="), "{then}");
    assert!(!then.contains("letters/1/sign\"") && !then.contains("letters/1/start\""), "{then}");
    let listed_then = page("letters/1/recipients?as_of=2026-03-02T09:30").await;
    assert!(!listed_then.contains("Kari Fjell"), "{listed_then}");
    assert!(page("letters/1/recipients").await.contains("Kari Fjell"));
    let file = async |tail: &str| {
        let address = format!("{}/letters/1/preview{tail}", filed.page());
        browser.get(&address).await.expect(StatusCode::OK).body
    };
    assert_ne!(file("?as_of=2026-03-02T09:30").await, file("").await);
}
