//! The disk is read-only from the start, or turns so under the running service, as ext4 does after
//! an error of the disk.

use std::sync::Arc;

use tests::crash::Fire;
use tests::crash::said::By;
use tests::mount::{self, Mounted, skip};
use tests::story::Filed;

use super::*;

const DISK_BYTES: u64 = 256 * 1024 * 1024;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_turns_read_only_is_told_and_once_mended_everything_is_there() {
    let at = tempfile::tempdir().unwrap();
    let (image, mount_point) = (at.path().join("image"), at.path().join("mounted"));
    fs::create_dir(&mount_point).unwrap();
    let mount = |options| Mounted::image(&image, &mount_point, options);
    let made = mount::make_image(&image, DISK_BYTES).and_then(|()| mount("errors=remount-ro"));
    let mounted = match made {
        Ok(mounted) => mounted,
        Err(why) => return skip("a disk that turns read-only", &why),
    };
    let device = mounted.device();
    let switch = format!("/sys/fs/ext4/{}/trigger_fs_error", device.trim_start_matches("/dev/"));
    let (data, log) = (mount_point.join("data"), at.path().join("log"));
    let people = Fire::new(binary(), &data, &log, 1).await.people();

    let mut process = start(&data, &log);
    let clients = Clients::new(process.address().unwrap(), Arc::clone(&people));
    let report = async |clients: &Clients, text: &str| {
        let unit = people.units[1];
        let report = json!({ "category": "other", "unit": unit, "what_happened": text });
        clients.client(By::Employee).post("/api/v1/reports", &report).await
    };
    let first = report(&clients, "Før feilen").await.expect(StatusCode::CREATED);
    let first = Filed::from_json(&first.json());
    if let Err(error) = fs::write(&switch, "1") {
        return skip(
            "a disk that turns read-only under the service",
            &format!("{switch}: {error}"),
        );
    }
    let answer = report(&clients, "Etter feilen").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{answer:?}");
    assert!(!process.logged().contains("panicked"), "{}", process.logged());
    process.kill();

    // It stays so until somebody has looked at the disk.
    refused_read_only(&data, &log);
    drop(mounted);
    // It mends what needs no asking, and ends with 1 to say that it did.
    let _ = mount::run("fsck.ext4", &["-p", image.to_str().unwrap()]);
    let mounted = mount("ro").unwrap();
    refused_read_only(&data, &log);
    drop(mounted);

    let mounted = mount("rw").unwrap();
    let mut process = start(&data, &log);
    let clients = Clients::new(process.address().unwrap(), Arc::clone(&people));
    let there = texts(&clients).await;
    assert_eq!(there.iter().filter(|text| *text == "Før feilen").count(), 1, "{first:?}");
    assert!(there.iter().all(|text| text == "Før feilen" || text == "Etter feilen"));
    let later = report(&clients, "Etter rettingen").await;
    assert_eq!(later.status, StatusCode::CREATED, "{later:?}");
    process.kill();
    drop(mounted);
}

fn refused_read_only(data: &Path, log: &Path) {
    let mut process = start(data, log);
    let ended = process.address().expect_err("there is nothing to write to");
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let last = ended.told.lines().last().unwrap_or_default();
    assert!(last.contains("Read-only file system"), "{last}");
    assert!(last.contains("look at the disk"), "{last}");
    assert!(!ended.told.contains("panicked"), "{}", ended.told);
}
