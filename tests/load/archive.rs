//! What a package for the archive costs: its documents laid out, both forms written, every file
//! synced.

use std::time::Instant;

use domain::Role;
use hyper::StatusCode;
use tests::browser_form::BrowserForm;
use tests::running::eventually;
use tests::{Running, story};

use crate::Outcome;
use crate::figures::milliseconds;

/// Closed cases that are handed over.
const CASES: usize = 40;

pub(crate) async fn measure() -> Outcome<()> {
    let running = Running::start().await;
    std::fs::create_dir(running.archive_dir())?;
    let officer = running.browser(Role::Dpo).await;
    let mut forms = Vec::new();
    for _ in 0..CASES {
        let filed = story::report_by_api(&running, None).await;
        story::walk_to_closed(&running, &filed).await;
        let page = format!("{}/archive", filed.page());
        forms.push(BrowserForm::open(&officer, &page, &page).await);
    }
    let began = Instant::now();
    for form in forms {
        let _ = form.send(&officer).await.expect(StatusCode::SEE_OTHER);
    }
    eventually("every package", async || {
        let there = std::fs::read_dir(running.archive_dir()).ok()?;
        let whole = there.flatten().filter(|it| !it.file_name().to_string_lossy().starts_with('.'));
        (whole.count() == CASES).then_some(())
    })
    .await;
    let each = began.elapsed() / u32::try_from(CASES).expect("a few cases");
    println!("Archive: {CASES} packages of a memo and a notice, from the form to the folder");
    println!("  {:.1} packages/s, {} each", 1.0 / each.as_secs_f64(), milliseconds(each));
    Ok(())
}
