//! What the log may say: identifiers, and never a name, a word somebody wrote, or a secret.

use std::io;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use chrono::TimeDelta;
use domain::Role;
use hyper::StatusCode;
use serde_json::json;
use service::MailSettings;
use strum::IntoEnumIterator;
use tests::browser_form::BrowserForm;
use tests::people::PASSWORD;
use tests::running::eventually;
use tests::story::{self, LOST_PHONE, SAID_IN_HANDLING};
use tests::{Running, crawl, mails, marked, steps};
use tracing_subscriber::fmt::MakeWriter;

/// Everything that was logged since the first test asked for it, by all tests of this process.
#[derive(Clone, Default)]
struct Logged(Arc<Mutex<Vec<u8>>>);

impl Logged {
    fn at_every_level() -> Self {
        static LOGGED: OnceLock<Logged> = OnceLock::new();
        let logged = LOGGED.get_or_init(|| {
            let logged = Self::default();
            let subscriber = tracing_subscriber::fmt().with_env_filter(avvik::log_filter("trace"));
            let subscriber = subscriber.with_writer(logged.clone()).finish();
            tracing::subscriber::set_global_default(subscriber).unwrap();
            logged
        });
        logged.clone()
    }

    fn text(&self) -> String {
        let logged = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&logged).into_owned()
    }
}

impl io::Write for Logged {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Logged {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Mails go to a folder that cannot be made, since a file lies in its place.
async fn with_failing_mail() -> Running {
    let running = Running::start_with(|settings| {
        let in_the_way = settings.data_dir.join("no-folder");
        std::fs::write(&in_the_way, "").unwrap();
        let directory = in_the_way.join("mail");
        let from = "avvik@example.org".to_owned();
        settings.mail = MailSettings::Folder { directory, from };
    });
    running.await
}

/// The whole story, with what goes wrong on the way: wrong passwords and codes, refused forms,
/// searches, mails that don't leave.
async fn everything_that_happens(running: &Running) -> Vec<String> {
    let employee = running.browser(Role::Employee).await;
    // A way to mail them, so that what goes wrong with it could be told.
    let contact = [("openness", "confidential"), ("contact", "lokal90917@example.org")];
    let filed = story::report_a_lost_phone(&employee, &contact).await;
    let elsewhere = marked::sender(running.visitor());
    elsewhere.sign_in(running.people.holder(Role::Employee)).await;
    let anonymous = [("openness", "anonymous")];
    let anonymous = story::report_a_lost_phone(&elsewhere, &anonymous).await;
    let refused = story::lost_phone(&employee, &[("openness", "named"), ("unit", "")]).await;
    refused.send(&employee).await;
    story::walk_to_closed(running, &filed).await;
    let visitor = running.visitor();
    let wrong = [("name", "melder"), ("password", "feil-passord-77")];
    visitor.fill_in("/sign-in", "/sign-in", &wrong).await;
    visitor.fill_in("/follow-up", "/follow-up", &[("code", "FEIL-KODE-0077")]).await;
    visitor.fill_in("/follow-up", "/follow-up", &[("code", &filed.code)]).await;
    let marked = marked::report(running).await;
    marked::link(running, &marked, &anonymous).await;
    marked::walk_to_closed(running, &marked).await;
    let search = json!({ "words": "søkeord77" });
    running.api(Role::Dpo).post("/api/v1/cases/search", &search).await;
    let dpo = running.browser(Role::Dpo).await;
    let pages = ["/".to_owned(), "/cases?words=s%C3%B8keord77".to_owned()];
    crawl::everything(&dpo, &pages).await;
    running.pass(TimeDelta::hours(100));
    running.service().watch_deadlines_once().await;
    let session: Vec<_> = dpo.cookies().values().cloned().collect();
    let given = ["lokal90917", "feil-passord-77", "FEIL-KODE-0077"].map(str::to_owned);
    let codes = [filed.code, anonymous.code, marked.code];
    session.into_iter().chain(given).chain(codes).collect()
}

/// Somebody outside is asked, and answers by the secret link they are mailed. Answers with what is
/// secret about it.
async fn somebody_outside_answers() -> [String; 3] {
    const ADDRESS: &str = "drift77@example.net";
    let running = Running::start().await;
    let filed = story::report_by_api(&running, None).await;
    let ask = steps::inquire_outside("Drift77", ADDRESS, "Når?", "2026-03-04T12:00:00Z");
    story::take(&running, Role::Dpo, &filed, &ask).await;
    let secret: String = eventually("a mail with a link", async || {
        let mails = running.mails().into_iter().map(|mail| mails::text_of(&mail));
        let mut links = mails.filter_map(|mail| Some(mail.split_once("/answer/")?.1.to_owned()));
        links.next().map(|it| it.chars().take_while(char::is_ascii_alphanumeric).collect())
    })
    .await;
    let visitor = running.visitor();
    let form = BrowserForm::open(&visitor, &format!("/answer/{secret}"), "/answer").await;
    let thanks = form.set("answer", "Fredag").send(&visitor).await.expect(StatusCode::OK);
    assert!(thanks.text.contains("Takk"), "{thanks:?}");
    [secret, "Drift77".to_owned(), ADDRESS.to_owned()]
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_tells_identifiers_and_never_names_words_or_secrets() {
    let logged = Logged::at_every_level();
    let running = with_failing_mail().await;
    let secrets = everything_that_happens(&running).await;
    let of_outside = somebody_outside_answers().await;
    eventually("a line about a mail", async || {
        logged.text().contains("a mail did not go out").then_some(())
    })
    .await;
    let log = logged.text();
    let written = LOST_PHONE.iter().filter(|(name, _)| {
        ["whose_data", "systems_and_devices", "done_already", "answer-confidential-apps"]
            .contains(name)
    });
    let written =
        written.map(|(_, value)| *value).chain(["Kråkenes", "søkeord", "keord77", PASSWORD]);
    let planted = marked::all().chain([marked::LINKED]).chain(marked::SENDER);
    let secrets = secrets.iter().chain(&of_outside).map(String::as_str);
    let mut all: Vec<&str> = written.chain(SAID_IN_HANDLING).chain(planted).collect();
    all.extend(secrets);
    for words in all {
        assert!(
            !log.contains(words),
            "{words:?} stands in the log: {:?}",
            log.lines().find(|line| line.contains(words))
        );
    }
    for role in Role::iter() {
        let person = running.people.holder(role);
        let address = format!("{}@example.org", person.sign_in_name);
        for trace in [&person.name, &address, &person.token] {
            assert!(!log.contains(trace.as_str()), "{trace:?} stands in the log");
        }
    }
}
