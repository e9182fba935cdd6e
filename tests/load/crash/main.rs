//! Violent ends of the real binary under load: SIGKILL on one data directory, and power cuts on one
//! disk. `make crash` runs a thousand of the one and a hundred of the other. Arguments: how many of
//! each, and the seed of an earlier run to have its course again.

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use tests::binary::Binary;
use tests::chance::Chance;
use tests::crash::Fire;
use tests::crash::power::Disk;
use tests::mount::skip;

/// Rounds, where none are asked for.
const KILLS: u32 = 1_000;
const POWER_CUTS: u32 = 100;

/// Every so many rounds, views are compared and the whole log is looked at.
const THOROUGH_EVERY: u32 = 50;

/// What a run is asked for.
struct Asked {
    kills: u32,
    power_cuts: u32,
    seed: u64,
    binary: PathBuf,
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("it could not be tried: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let asked = Asked {
        kills: arguments.next().map_or(Ok(KILLS), |it| it.parse())?,
        power_cuts: arguments.next().map_or(Ok(POWER_CUTS), |it| it.parse())?,
        seed: arguments.next().map_or(Ok(Chance::any_seed()), |it| it.parse())?,
        binary: std::env::current_exe()?.with_file_name("avvik"),
    };
    if !asked.binary.exists() {
        return Err("there is no avvik beside this program; build it first".into());
    }
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(kill(&asked))?;
    runtime.block_on(cut_power(&asked))
}

async fn kill(asked: &Asked) -> Result<(), Box<dyn Error>> {
    println!("SIGKILL under load: {} rounds, seed {}", asked.kills, asked.seed);
    let directory = tempfile::tempdir()?;
    let (data, log) = (directory.path().join("data"), directory.path().join("log"));
    let mut fire = Fire::new(Binary::new(&asked.binary), &data, &log, asked.seed).await;
    let began = Instant::now();
    for round in 1..=asked.kills {
        if round % THOROUGH_EVERY == 0 {
            fire.thorough_round().await;
            tell(&fire, began);
        } else {
            fire.round().await;
        }
    }
    fire.finish().await;
    tell(&fire, began);
    Ok(())
}

async fn cut_power(asked: &Asked) -> Result<(), Box<dyn Error>> {
    println!("Power cuts under load: {} rounds, seed {}", asked.power_cuts, asked.seed);
    let mut disk = match Disk::new() {
        Ok(disk) => disk,
        Err(why) => {
            skip("power cuts", &why);
            return Ok(());
        }
    };
    let logs = tempfile::tempdir()?;
    let (binary, log) = (Binary::new(&asked.binary), logs.path().join("log"));
    let mut fire = Fire::new(binary, &disk.data(), &log, asked.seed).await;
    let began = Instant::now();
    for _ in 0..asked.power_cuts {
        fire.power_round(&mut disk).await;
    }
    fire.finish().await;
    tell(&fire, began);
    Ok(())
}

fn tell(fire: &Fire, began: Instant) {
    println!("after {} s:\n{}", began.elapsed().as_secs(), fire.counts());
}
