//! What figures cost: when somebody asks first after a start, and the log is read through for them,
//! and every time after that.

use std::path::Path;
use std::time::Instant;

use domain::Role;
use service::who_looked::Leaves;
use service::{AsOf, Clock, FiguresAsked, Service, SignedIn};
use tests::people::People;
use tests::running;
use views::statistics::{Cell, Span};

use crate::Outcome;
use crate::binary::resident;
use crate::figures::milliseconds;

/// The year in which the cases were reported.
const YEAR: i32 = 2024;

/// Asks for a year's figures, whole and without small counts.
pub(super) async fn measure(data: &Path, people: &People) -> Outcome<()> {
    let settings = running::settings(data, ([127, 0, 0, 1], 0).into());
    let service = Service::open(settings, Clock::system()).await?;
    let dpo = people.holder(Role::Dpo);
    let who = SignedIn {
        user: dpo.user,
        name: dpo.name.clone(),
        roles: [Role::Dpo].into(),
        unit: dpo.unit,
        must_choose_password: false,
    };
    let span = Span::year(YEAR).ok_or("the year has no days")?;
    let asked = FiguresAsked { span, years_before: 1, unit: None, as_of: AsOf::Now };
    println!("A year's figures:");
    let before = resident(std::process::id())?;
    for (what, leaves) in [
        ("the first time, the log read through", Leaves::No),
        ("again", Leaves::No),
        ("without small counts", Leaves::Yes),
    ] {
        let began = Instant::now();
        let seen = service.statistics(&who, asked, leaves, "/statistics").await?;
        let Cell::Count(cases) = seen.statistics.total() else { return Err("no total".into()) };
        println!("  {what}: {} for {cases} cases", milliseconds(began.elapsed()));
    }
    let after = resident(std::process::id())?;
    println!("  they hold {} MB more than before", after.saturating_sub(before) / 1_000);
    service.close().await;
    Ok(())
}
