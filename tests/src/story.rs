//! The story most tests begin with: somebody has lost a phone and reports it.

use hyper::StatusCode;

use crate::browser_form::BrowserForm;
use crate::http::{Answer, Client};

/// The form for a lost phone, which is also where it is sent to.
pub const FORM: &str = "/report/lost-or-stolen-device";

/// What the report says happened: two lines, and signs that a page must write with care.
pub const WHAT_HAPPENED: &str =
    "Vakttelefonen ble glemt på bussen til Kråkenes.\n<Ingen> \"lås\" & lapp på den.";

/// Which device, in the report's words.
pub const DEVICE: &str = "Vakttelefon Samsung, merket SOL-4711";

/// What is typed and chosen for a lost phone, but for the unit and who reports.
pub const LOST_PHONE: [(&str, &str); 16] = [
    ("what_happened", WHAT_HAPPENED),
    ("discovered_at", "2026-03-02T08:30"),
    ("occurred", "between"),
    ("occurred_at", ""),
    ("occurred_from", "2026-03-01T22:15"),
    ("occurred_until", "2026-03-01T23:00"),
    ("answer-device-kind", "phone"),
    ("answer-screen-lock", "no"),
    ("answer-confidential-apps", "Gerica på lomma"),
    ("personal_data", "yes"),
    ("breach", "confidentiality"),
    ("breach", "availability"),
    ("whose_data", "Beboere i andre etasje"),
    ("people", "up_to_hundred"),
    ("systems_and_devices", DEVICE),
    ("done_already", "Ringt Skyss hittegods"),
];

/// A report that was filed, as its receipt tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// The case's number, such as `2026/1`.
    pub number: String,
    /// With which the reporter comes back.
    pub code: String,
}

impl Filed {
    /// What the receipt says.
    ///
    /// # Panics
    /// If the page is no receipt.
    #[must_use]
    #[track_caller]
    pub fn from_receipt(answer: &Answer) -> Self {
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let told = |after: &str| {
            let (_, told) = answer.text.split_once(after)?;
            Some(told.split_once('<')?.0.to_owned())
        };
        let number = answer.text.split("<dd>").skip(1).find_map(|it| it.split_once('<'));
        let number = number.expect("the receipt tells the number").0.to_owned();
        let code = told("<dd class=\"avvik-code\">").expect("the receipt tells the code");
        Self { number, code }
    }

    /// The case's own page.
    #[must_use]
    pub fn page(&self) -> String {
        format!("/cases/{}", self.number)
    }
}

/// The form as it is filled in for a lost phone, not yet sent.
pub async fn lost_phone(client: &Client, who: &[(&str, &str)]) -> BrowserForm {
    BrowserForm::open(client, FORM, FORM).await.fill(&LOST_PHONE).fill(who)
}

/// Reports a lost phone by the form.
///
/// # Panics
/// If no receipt comes back.
pub async fn report_a_lost_phone(client: &Client, who: &[(&str, &str)]) -> Filed {
    let form = lost_phone(client, who).await;
    Filed::from_receipt(&form.send(client).await)
}
