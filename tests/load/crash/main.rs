//! A thousand violent deaths of the real binary under load, on one data directory. `make crash`
//! runs it. Arguments: how many rounds, and the seed of an earlier run to have its course again.

use std::error::Error;
use std::process::ExitCode;
use std::time::Instant;

use tests::binary::Binary;
use tests::chance::Chance;
use tests::crash::Fire;

/// Rounds, where none are asked for.
const ROUNDS: u32 = 1_000;

/// Every so many rounds, views are compared and the whole log is looked at.
const THOROUGH_EVERY: u32 = 50;

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
    let rounds = arguments.next().map_or(Ok(ROUNDS), |it| it.parse())?;
    let seed = arguments.next().map_or(Ok(Chance::any_seed()), |it| it.parse())?;
    let binary = std::env::current_exe()?.with_file_name("avvik");
    if !binary.exists() {
        return Err("there is no avvik beside this program; build it first".into());
    }
    let directory = tempfile::tempdir()?;
    println!("SIGKILL under load: {rounds} rounds, seed {seed}");
    let began = Instant::now();
    tokio::runtime::Runtime::new()?.block_on(async {
        let (data, log) = (directory.path().join("data"), directory.path().join("log"));
        let mut fire = Fire::new(Binary::new(binary), &data, &log, seed).await;
        for round in 1..=rounds {
            if round % THOROUGH_EVERY == 0 {
                fire.thorough_round().await;
                println!(
                    "after {round} rounds, {} s:\n{}",
                    began.elapsed().as_secs(),
                    fire.counts()
                );
            } else {
                fire.round().await;
            }
        }
        fire.finish().await;
        println!("at the end, {} s:\n{}", began.elapsed().as_secs(), fire.counts());
    });
    Ok(())
}
