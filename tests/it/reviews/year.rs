//! The last year of a demo is reviewed, as the README has it: `avvik demo-data` makes it and
//! `avvik serve` serves it. Everything else about a review is told in the tests beside this one.

use std::io::Cursor;
use std::net::SocketAddr;
use std::path::Path;

use calamine::{Data, Reader, Xlsx};
use hyper::header::AUTHORIZATION;
use serde_json::{Value, json};
use service::Clock;
use tests::binary::{Binary, Process};
use tests::people::PASSWORD;

use super::*;

const DPO: &str = "personvernombud";
const CONTROLLER: &str = "kommunedirektor";
const SECURITY_OFFICER: &str = "sikkerhetssjef";

/// A demo that is served, and who signs in with which one-time password.
struct Demo {
    binary: Binary,
    data: std::path::PathBuf,
    /// Served until it is dropped.
    _process: Process,
    address: SocketAddr,
    accounts: Vec<(String, String)>,
}

impl Demo {
    /// Two years up to today, few cases in each.
    fn of_two_years(folder: &Path) -> Self {
        let data = folder.join("years");
        let binary = Binary::new(env!("CARGO_BIN_EXE_avvik-tested"));
        let extent = ["--years", "2", "--cases-per-year", "40", "--seed", "7"];
        let made = binary.run("demo-data", &data, &extent);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let accounts = String::from_utf8(made.stdout).unwrap();
        let accounts = accounts.lines().filter_map(|line| line.strip_prefix("  "));
        let accounts = accounts.filter_map(|line| {
            let mut words = line.split_whitespace().map(str::to_owned);
            Some((words.next()?, words.next()?))
        });
        let accounts = accounts.collect();
        let mut command = binary.command("serve", &data);
        command.args(["--demo", "--listen", "127.0.0.1:0"]);
        let mut process = Process::start(command, &folder.join("log"));
        let address = process.address().expect("it serves what it made");
        Self { binary, data, _process: process, address, accounts }
    }

    /// Somebody at a browser, with a password of their own.
    async fn browser(&self, name: &str) -> Client {
        let client = Client::new(self.address, None);
        let (_, once) = self.accounts.iter().find(|(known, _)| known == name).expect("an account");
        let fields = [("name", name), ("password", once)];
        done(&client.fill_in("/sign-in", "/sign-in", &fields).await);
        let fields = [
            ("password_current", &**once),
            ("password_new", PASSWORD),
            ("password_repeated", PASSWORD),
        ];
        done(&client.fill_in("/password", "/password", &fields).await);
        client
    }

    /// Somebody through a program, once they have a password of their own.
    fn api(&self, name: &str) -> Client {
        let more = ["--user", name, "--label", "tests", "--json"];
        let issued = self.binary.run("token", &self.data, &more);
        assert!(issued.status.success(), "{}", String::from_utf8_lossy(&issued.stderr));
        let issued: Value = serde_json::from_slice(&issued.stdout).unwrap();
        let bearer = format!("Bearer {}", issued["token"].as_str().expect("a token"));
        Client::new(self.address, None).always_with(AUTHORIZATION, &bearer)
    }
}

/// Who holds a role that one person holds.
fn holder(people: &Value, role: &str) -> String {
    let people = people["items"].as_array().expect("a list").iter();
    let mut holders =
        people.filter(|it| it["roles"].as_array().unwrap().contains(&Value::from(role)));
    let holder = holders.next().unwrap_or_else(|| panic!("nobody is {role}"));
    holder["id"].as_str().unwrap().to_owned()
}

/// A moment so many days from now, as a form takes it; to the hour, zones aside.
fn moment(days: i64) -> String {
    let at = Clock::system().now() + TimeDelta::days(days);
    at.format("%Y-%m-%dT%H:%M").to_string()
}

/// From the preparation to what is sent to the controller: what is asked is answered, every point
/// spoken to, something resolved, the meeting held and its minutes written.
async fn prepare_year(demo: &Demo, dpo: &Client) -> String {
    let people = demo.api(DPO).get("/api/v1/people").await.expect(StatusCode::OK).json();
    let [controller, officer] = ["controller", "security_officer"].map(|it| holder(&people, it));
    let form = BrowserForm::open(dpo, "/reviews", "/reviews").await;
    let form = form.also("participants", &controller).also("participants", &officer);
    let begun = form.send(dpo).await;
    done(&begun);
    let review = begun.location().to_owned();
    let ask = format!("{review}/ask?item=threats");
    let due = moment(10);
    let fields = [("of", &*officer), ("text", "Hva er de største truslene?"), ("due", &*due)];
    done(&send(dpo, &ask, &fields).await);
    let asked = demo.browser(SECURITY_OFFICER).await;
    let list = asked.get("/inquiries").await.expect(StatusCode::OK).text;
    let (_, question) =
        list.split_once(&format!("href=\"{review}/inquiries/")).expect("a question");
    let question = format!("{review}/inquiries/{}", question.split_once('"').unwrap().0);
    done(&send(&asked, &question, &[("text", "Falske fakturaer, som i fjor.")]).await);
    write(dpo, &review, &["threats"]).await;
    let resolve = format!("{review}/resolve?item=deviations");
    let due = moment(60);
    let fields = [("text", "Kurs for alle nyansatte"), ("owner", &*officer), ("due", &*due)];
    done(&send(dpo, &resolve, &fields).await);
    done(&send(dpo, &format!("{review}/hold"), &[("held", &*moment(-1))]).await);
    let minutes = [("text", "Ledelsen gikk gjennom året.")];
    done(&send(dpo, &format!("{review}/minutes"), &minutes).await);
    done(&send(dpo, &format!("{review}/submit"), &[]).await);
    review
}

/// The cells of a row in the table with a key.
fn row<'a>(tables: &'a Value, key: &str, row: &str) -> &'a Value {
    let find = |all: &'a Value, name: &str, wanted: &str| {
        let mut all = all.as_array().unwrap().iter();
        all.find(|it| it[name] == wanted).unwrap_or_else(|| panic!("no {wanted} in {key}"))
    };
    &find(&find(tables, "key", key)["rows"], "row", row)["cells"]
}

/// The first number of a row of a workbook's first sheet.
fn number(book: &[u8], label: &str) -> Data {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book.to_vec())).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let row = sheet.rows().find(|row| row[0] == *label).expect("the row");
    row[1].clone()
}

#[tokio::test]
async fn the_last_year_of_a_demo_is_reviewed_from_the_preparation_to_the_approved_minutes() {
    let folder = tempfile::tempdir().unwrap();
    let demo = Demo::of_two_years(folder.path());
    let dpo = demo.browser(DPO).await;
    let review = prepare_year(&demo, &dpo).await;
    let api = demo.api(DPO);
    let address = format!("/api/v1{review}");
    let submitted = api.get(&address).await.expect(StatusCode::OK);
    let told = submitted.json();
    assert_eq!(told["phase"], "submitted");
    let point = |item: &str| {
        let mut agenda = told["agenda"].as_array().unwrap().iter();
        agenda.find(|it| it["item"] == item).expect("every point is there")
    };
    let answer = &point("threats")["inputs"][0]["answers"][0]["text"];
    assert_eq!(answer, "Falske fakturaer, som i fjor.");
    assert_eq!(told["resolutions"][0]["text"], "Kurs for alle nyansatte");

    // The figures are those of the statistics, in the document, in the sheets and on the page.
    let tables = &told["prepared"]["tables"];
    let [from, until] = ["from", "until"].map(|it| told[it].as_str().unwrap());
    let statistics = format!("/api/v1/statistics?from={from}&until={until}&years_before=2");
    let statistics = api.get(&statistics).await.expect(StatusCode::OK).json();
    assert_eq!(*tables, statistics["tables"]);
    let total =
        row(tables, "key_figures", "total")[0]["count"].as_u64().expect("it is no small one");
    assert!(20 < total, "{total} cases of 40 a year");
    let as_of = format!("position={}&template={}", told["position"], told["template"]);
    let document = api.get(&format!("{address}/document?{as_of}")).await.expect(StatusCode::OK);
    assert!(text_of(&document).contains(&format!("Alle saker {total} ")));
    let book = api.get(&format!("{address}/figures?{as_of}")).await.expect(StatusCode::OK);
    assert_eq!(
        number(&book.body, "Alle saker"),
        Data::Float(f64::from(u32::try_from(total).unwrap()))
    );
    let page = dpo.get(&review).await.expect(StatusCode::OK).text;
    assert!(page.contains(&format!(">{total}</td>")) && page.contains("id=\"chart-"), "{page}");

    let controller = demo.browser(CONTROLLER).await;
    done(&send(&controller, &format!("{review}/approve"), &[]).await);
    let clocks = dpo.get("/clocks").await.expect(StatusCode::OK).text;
    assert!(clocks.contains("Neste gjennomgang skal holdes innen"), "{clocks}");
    let approved = api.get(&address).await.expect(StatusCode::OK).json();
    let approval = &approved["approval"];
    assert_eq!(approval["position"], told["position"]);
    let digest = Sha256::digest(&document.body);
    let digest = digest.iter().fold(String::new(), |hex, it| hex + &format!("{it:02x}"));
    assert_eq!(approval["sha256"], json!(digest), "what is kept is what was read");
    let list = api.get("/api/v1/reviews").await.expect(StatusCode::OK).json();
    assert_eq!(list["items"][0]["next_due_at"], approval["next_due_at"]);

    // The same place in the log tells the same to everybody, whatever came after it.
    let again = demo.api(CONTROLLER).get(&format!("{address}?{as_of}")).await;
    assert_eq!(again.expect(StatusCode::OK).text, submitted.text);
    let again = controller.get(&format!("{review}.xlsx?{as_of}")).await.expect(StatusCode::OK);
    assert!(again.body == book.body, "the same bytes");
}
