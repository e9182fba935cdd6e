//! What keeps the pages safe: headers, cookies, where a form comes from, and what it may be.

use domain::Role;
use hyper::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, ORIGIN, REFERRER_POLICY,
    SET_COOKIE, X_CONTENT_TYPE_OPTIONS,
};
use hyper::{Method, StatusCode};
use tests::browser_form::BrowserForm;
use tests::http::Asked;
use tests::people::PASSWORD;
use tests::story::{FORM, Filed, lost_phone};
use tests::{Answer, Client, Running};

const NAMED: [(&str, &str); 1] = [("openness", "named")];

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Pages and other addresses, there or not.
const ADDRESSES: [&str; 12] = [
    "/",
    "/sign-in",
    "/password",
    "/report",
    FORM,
    "/report/nothing",
    "/follow-up",
    "/reports",
    "/nowhere",
    "/assets/none/avvik.css",
    "/healthz",
    "/readyz",
];

fn cases(running: &Running) -> usize {
    running.service().views().inbox.len()
}

/// The address of the style sheet, as the start page names it.
async fn style_sheet(client: &Client) -> String {
    let page = client.get("/").await.text;
    let address = page.split('"').find(|it| it.ends_with("/avvik.css"));
    address.expect("the page has a style sheet").to_owned()
}

#[track_caller]
fn is_guarded(answer: &Answer, address: &str) {
    let policy = answer.header(&CONTENT_SECURITY_POLICY);
    for part in ["default-src 'none'", "frame-ancestors 'none'", "form-action 'self'"] {
        assert!(policy.contains(part), "{address}: {policy}");
    }
    assert!(!policy.contains("unsafe"), "{address}: {policy}");
    assert_eq!(answer.header(&X_CONTENT_TYPE_OPTIONS), "nosniff", "{address}");
    assert_eq!(answer.header(&REFERRER_POLICY), "no-referrer", "{address}");
}

#[tokio::test]
async fn every_answer_carries_the_headers_and_is_kept_nowhere() {
    let running = Running::start().await;
    for client in [running.visitor(), running.browser(Role::Dpo).await] {
        for address in ADDRESSES {
            for method in [Method::GET, Method::POST, Method::DELETE] {
                let answer = client.send(Asked::new(method, address)).await;
                is_guarded(&answer, address);
                assert_eq!(answer.header(&CACHE_CONTROL), "no-store", "{address}");
            }
        }
    }
}

#[tokio::test]
async fn styles_are_kept_for_good_since_their_address_changes_with_them() {
    let running = Running::start().await;
    let visitor = running.visitor();
    let address = style_sheet(&visitor).await;
    let answer = visitor.get(&address).await.expect(StatusCode::OK);
    is_guarded(&answer, &address);
    assert!(answer.header(&CONTENT_TYPE).starts_with("text/css"));
    assert!(answer.header(&CACHE_CONTROL).contains("immutable"));
}

#[tokio::test]
async fn no_page_contains_a_script_or_a_style() {
    let running = Running::start().await;
    let employee = running.browser(Role::Employee).await;
    for address in ADDRESSES {
        let text = employee.get(address).await.text;
        for forbidden in ["<script", "<style", " style=", " onclick=", "javascript:"] {
            assert!(!text.contains(forbidden), "{address} contains {forbidden}");
        }
    }
}

#[tokio::test]
async fn what_cannot_be_shown_is_a_page_that_says_what_to_do() {
    let running = Running::start().await;
    let employee = running.browser(Role::Employee).await;
    for (method, address, status) in [
        (Method::GET, "/nowhere", StatusCode::NOT_FOUND),
        (Method::GET, "/report/NOTHING", StatusCode::NOT_FOUND),
        (Method::DELETE, "/sign-in", StatusCode::METHOD_NOT_ALLOWED),
        (Method::POST, "/sign-in", StatusCode::BAD_REQUEST),
    ] {
        let answer = employee.send(Asked::new(method, address)).await.expect(status);
        assert!(answer.text.contains("<html lang=\"nb\">"), "{address}: {}", answer.text);
        assert!(answer.text.contains("<h1"), "{address}: {}", answer.text);
    }
}

#[tokio::test]
async fn what_another_site_makes_a_browser_send_is_refused() {
    let running = Running::start().await;
    let employee = running.browser(Role::Employee).await;
    let form = lost_phone(&employee, &NAMED).await;
    for (name, value) in [(SEC_FETCH_SITE, "cross-site"), (ORIGIN, "https://evil.example")] {
        let answer = employee.send(form.asked().with(name, value)).await;
        let answer = answer.expect(StatusCode::FORBIDDEN);
        is_guarded(&answer, FORM);
    }
    assert_eq!(cases(&running), 0);
    let answer = employee.send(form.asked().with(SEC_FETCH_SITE, "same-origin")).await;
    assert_eq!(Filed::from_receipt(&answer).number, "2026/1");
}

#[tokio::test]
async fn a_form_without_the_sessions_token_is_not_taken() {
    let running = Running::start().await;
    let employee = running.browser(Role::Employee).await;
    let form = lost_phone(&employee, &NAMED).await;
    for token in ["", "0", &"0".repeat(64)] {
        let answer = form.clone().set("csrf", token).send(&employee).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{token}");
    }
    let forged = [("csrf", "0")];
    assert_eq!(employee.post_form("/sign-out", &forged).await.status, StatusCode::FORBIDDEN);
    assert_eq!(cases(&running), 0);
    let _ = employee.get("/reports").await.expect(StatusCode::OK);
}

#[tokio::test]
async fn a_form_from_an_earlier_session_is_sent_on_from_this_one() {
    let running = Running::start().await;
    let employee = running.browser(Role::Employee).await;
    let form = lost_phone(&employee, &NAMED).await;
    employee.cookies().clear();
    employee.sign_in(running.people.holder(Role::Employee)).await;
    let answer = employee.send(form.asked().with(SEC_FETCH_SITE, "same-origin")).await;
    assert_eq!(cases(&running), 0, "nothing is taken before it is sent on");
    let kept = BrowserForm::on(&answer.expect(StatusCode::OK), FORM);
    assert_eq!(kept.typed(), form.typed());
    assert_eq!(Filed::from_receipt(&kept.send(&employee).await).number, "2026/1");
}

#[tokio::test]
async fn a_form_may_be_large_and_not_larger() {
    let running = Running::start().await;
    let employee = running.browser(Role::Employee).await;
    let form = lost_phone(&employee, &NAMED).await;
    let answer = form.clone().set("what_happened", &"a".repeat(20_001)).send(&employee).await;
    let answer = answer.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text.contains("id=\"report-what_happened-problem\""));
    let answer = form.clone().set("what_happened", &"a".repeat(300_000)).send(&employee).await;
    is_guarded(&answer.expect(StatusCode::PAYLOAD_TOO_LARGE), FORM);
    let many = (0..600).fold(form.clone(), |form, number| form.also("breach", &number.to_string()));
    assert_eq!(many.send(&employee).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(cases(&running), 0);
    let answer = form.set("what_happened", &"ø".repeat(20_000)).send(&employee).await;
    assert_eq!(Filed::from_receipt(&answer).number, "2026/1");
}

#[tokio::test]
async fn the_sessions_cookie_is_out_of_reach_and_gone_after_signing_out() {
    let running = Running::start().await;
    let client = running.visitor();
    let fields = [("name", "melder"), ("password", PASSWORD)];
    let answer = client.fill_in("/sign-in", "/sign-in", &fields).await;
    let cookie = answer.expect(StatusCode::SEE_OTHER).header(&SET_COOKIE).to_owned();
    for part in ["; HttpOnly", "; SameSite=Lax", "; Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let kept = client.cookies().clone();
    let _ = client.fill_in("/", "/sign-out", &[]).await.expect(StatusCode::SEE_OTHER);
    assert!(client.cookies().is_empty());
    client.cookies().extend(kept);
    assert_eq!(client.get("/reports").await.location(), "/sign-in?to=/reports");
}

#[tokio::test]
async fn signing_in_leads_to_a_page_of_our_own_and_nowhere_else() {
    let running = Running::start().await;
    for (to, arrived) in [
        ("/reports", "/reports"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\\evil.example", "/"),
        ("", "/"),
    ] {
        let fields = [("name", "melder"), ("password", PASSWORD), ("to", to)];
        let answer = running.visitor().fill_in("/sign-in", "/sign-in", &fields).await;
        assert_eq!(answer.expect(StatusCode::SEE_OTHER).location(), arrived, "{to}");
    }
}

#[tokio::test]
async fn a_one_time_password_opens_only_the_page_on_which_it_is_replaced() {
    let running = Running::start().await;
    let user = running.people.holder(Role::Employee).user;
    let once = running.service().give_one_time_password(None, user).await.unwrap();
    let client = running.visitor();
    let fields = [("name", "melder"), ("password", once.as_str())];
    let answer = client.fill_in("/sign-in", "/sign-in", &fields).await;
    let _ = answer.expect(StatusCode::SEE_OTHER);
    assert_eq!(client.get("/reports").await.location(), "/password");

    let choose = |new, repeated| {
        let current = ("password_current", once.as_str());
        let fields = [current, ("password_new", new), ("password_repeated", repeated)];
        let client = &client;
        async move { client.fill_in("/password", "/password", &fields).await }
    };
    for (new, repeated) in [("kort", "kort"), (once.as_str(), once.as_str()), (PASSWORD, "annet")] {
        let answer = choose(new, repeated).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!answer.text.contains(&once), "a password is never shown again");
    }
    let _ = choose(PASSWORD, PASSWORD).await.expect(StatusCode::SEE_OTHER);
    let _ = client.get("/reports").await.expect(StatusCode::OK);
}
