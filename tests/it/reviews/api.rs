//! Reviews as programs read them: who may, by which template, and what it leaves in the access log;
//! and the next one in a calendar.

use super::*;

/// What a review is read as.
const READS: [&str; 3] = ["", "/document", "/figures"];

async fn statuses(running: &Running, role: Role, address: &str) -> [u16; 3] {
    let mut statuses = [0; 3];
    for (status, tail) in statuses.iter_mut().zip(READS) {
        let answer = running.api(role).get(&format!("{address}{tail}")).await;
        *status = answer.status.as_u16();
    }
    statuses
}

#[tokio::test]
async fn programs_read_a_review_as_its_pages_are_read_and_each_look_is_noted() {
    let mut running = Running::start().await;
    begin(&running).await;
    let address = format!("/api/v1{FIRST}");
    for role in Role::iter() {
        let expected = if matches!(role, Role::Dpo | Role::Controller) { 200 } else { 404 };
        assert_eq!(statuses(&running, role, &address).await, [expected; 3], "{role:?}");
    }
    prepare(&running, FIRST, "2026-03-02T08:30").await;
    let told = running.api(Role::Dpo).get(&address).await.expect(StatusCode::OK).json();
    let controller = running.browser(Role::Controller).await;
    done(&send(&controller, &format!("{FIRST}/approve"), &[]).await);
    for role in Role::iter() {
        let reads = [Role::Dpo, Role::Controller, Role::Leader, Role::SecurityOfficer];
        let expected = if reads.contains(&role) { 200 } else { 404 };
        assert_eq!(statuses(&running, role, &address).await, [expected; 3], "{role:?}");
    }
    // How it came about is not for those who read it once it is approved.
    let place = told["position"].as_u64().unwrap();
    let before = format!("{address}?position={}", place - 1);
    assert_eq!(running.api(Role::Leader).get(&before).await.status, StatusCode::NOT_FOUND);
    assert_eq!(running.api(Role::Dpo).get(&before).await.status, StatusCode::OK);
    for unknown in ["?template=1", "/document?template=1", "/figures?template=1"] {
        let answer = running.api(Role::Dpo).get(&format!("{address}{unknown}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{unknown}");
    }
    let none = running.api(Role::Dpo).get("/api/v1/reviews/2019-7").await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    let unfit = running.api(Role::Dpo).get(&format!("{address}?place=3")).await;
    assert_eq!(unfit.status, StatusCode::UNPROCESSABLE_ENTITY);

    running.stop().await;
    let lines = disk::accesses(running.data_dir()).await;
    let noted = |ground: &str, tail: &str| {
        let page = format!("/api/v1/reviews/{{review}}{tail}");
        let is_one = |it: &&journal::AccessLine| {
            matches!(it.what, Access::Review(_)) && it.ground == ground && it.page == page
        };
        lines.iter().filter(is_one).count()
    };
    for tail in READS {
        // Of the page itself they asked for an older state, too.
        assert_eq!(noted("leader", tail), 1 + usize::from(tail.is_empty()), "{tail}");
        assert!(7 + 5 <= noted("refused", tail), "{tail}");
    }
}

#[tokio::test]
async fn the_next_review_stands_in_a_calendar_by_the_number_of_the_last() {
    let running = Running::start().await;
    begin(&running).await;
    resolve(&running, FIRST, "Kurs for alle", None).await;
    prepare(&running, FIRST, "2026-03-02T08:30").await;
    let leader = running.browser(Role::Leader).await;
    let page = BrowserForm::open(&leader, "/clocks", "/clocks/calendar").await.send(&leader).await;
    let page = page.expect(StatusCode::OK).text;
    let (_, secret) = page.split_once("/calendar/").expect("the address stands on the page");
    let feed = format!("/calendar/{}.ics", secret.split_once(".ics").unwrap().0);
    let calendar = running.visitor().get(&feed).await.expect(StatusCode::OK).text;
    assert!(!calendar.contains("BEGIN:VEVENT"), "{calendar}");
    let controller = running.browser(Role::Controller).await;
    done(&send(&controller, &format!("{FIRST}/approve"), &[("next", "2027-03-01T10:00")]).await);
    let calendar = running.visitor().get(&feed).await.expect(StatusCode::OK).text;
    for line in
        ["SUMMARY:Frist: ledelsens gjennomgang etter 2026-1\r\n", "DTSTART:20270301T090000Z\r\n"]
    {
        assert!(calendar.contains(line), "{line} is not in {calendar}");
    }
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 1);
    assert!(!calendar.contains("Kurs"), "{calendar}");
}
