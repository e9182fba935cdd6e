//! A PostgreSQL server of the machine's own installation, started for one round on a socket in a
//! temporary directory, durable as it comes.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tokio_postgres::{Client, Config, NoTls, Statement};

use super::drive::Writer;
use crate::Outcome;

/// Where Debian puts the programs of each version.
const DEBIAN: &str = "/usr/lib/postgresql";
/// It refuses to run as root, and these users can do nothing but what they own.
const USERS: [&str; 2] = ["postgres", "nobody"];
const ROOT: u32 = 0;

/// A running server; stopped when dropped.
pub(super) struct Postgres {
    programs: PathBuf,
    data: PathBuf,
    sockets: PathBuf,
    user: Option<(u32, u32)>,
}

impl Postgres {
    /// Starts a server in `directory`; nothing where PostgreSQL is not installed.
    pub(super) async fn start(directory: &Path) -> Outcome<Option<Self>> {
        let Some(programs) = programs() else { return Ok(None) };
        let user = other_user(directory)?;
        if let Some((user, group)) = user {
            chown(directory, Some(user), Some(group))?;
        }
        let data = directory.join("data");
        let server = Self { programs, data, sockets: directory.to_owned(), user };
        let init = ["-U", "bench", "--auth=trust", "--encoding=UTF8", "--locale=C", "-D"];
        server.run("initdb", init.map(OsStr::new).into_iter().chain([server.data.as_os_str()]))?;
        let options = format!(
            "-c listen_addresses= -c max_connections=300 -c unix_socket_directories={}",
            server.sockets.display()
        );
        let log = directory.join("log");
        let start = [OsStr::new("start"), OsStr::new("--wait"), OsStr::new("--silent")];
        let start = start.into_iter().chain([OsStr::new("-o"), OsStr::new(&options)]);
        server.control(start.chain([OsStr::new("-l"), log.as_os_str()]))?;
        let client = server.connect().await?;
        client.batch_execute("CREATE TABLE events (position BIGSERIAL, body BYTEA)").await?;
        Ok(Some(server))
    }

    /// As many connections, each of which inserts `event` over and over.
    pub(super) async fn writers(&self, count: usize, event: &[u8]) -> Outcome<Vec<Inserter>> {
        let mut writers = Vec::with_capacity(count);
        for _ in 0..count {
            let client = self.connect().await?;
            let insert = client.prepare("INSERT INTO events (body) VALUES ($1)").await?;
            writers.push(Inserter { client, insert, event: event.to_vec() });
        }
        Ok(writers)
    }

    async fn connect(&self) -> Outcome<Client> {
        let mut config = Config::new();
        config.host_path(&self.sockets).user("bench").dbname("postgres");
        let (client, connection) = config.connect(NoTls).await?;
        // Ends with the client.
        tokio::spawn(connection);
        Ok(client)
    }

    fn control<'a>(&'a self, arguments: impl IntoIterator<Item = &'a OsStr>) -> Outcome<()> {
        let own = [OsStr::new("-D"), self.data.as_os_str()];
        self.run("pg_ctl", own.into_iter().chain(arguments))
    }

    fn run<'a>(
        &self,
        program: &str,
        arguments: impl IntoIterator<Item = &'a OsStr>,
    ) -> Outcome<()> {
        let mut command = Command::new(self.programs.join(program));
        command.args(arguments).current_dir(&self.sockets);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        if let Some((user, group)) = self.user {
            command.uid(user).gid(group);
        }
        let status = command.status()?;
        if status.success() { Ok(()) } else { Err(format!("{program} failed: {status}").into()) }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let stop = ["stop", "--mode=immediate", "--silent"];
        if let Err(error) = self.control(stop.map(OsStr::new)) {
            eprintln!("PostgreSQL was not stopped: {error}");
        }
    }
}

/// The folder with the newest installed version's programs.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir(DEBIAN).into_iter().flatten().flatten();
    let mut folders: Vec<(u32, PathBuf)> = versions
        .filter_map(|it| Some((it.file_name().to_str()?.parse().ok()?, it.path().join("bin"))))
        .collect();
    folders.sort();
    let debian = folders.into_iter().rev().map(|(_, folder)| folder);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let in_path: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let has_all = |folder: &PathBuf| {
        ["initdb", "pg_ctl", "postgres"].iter().all(|program| folder.join(program).exists())
    };
    debian.chain(in_path).find(has_all)
}

/// Who the server runs as where this program is root.
fn other_user(own: &Path) -> Outcome<Option<(u32, u32)>> {
    if fs::metadata(own)?.uid() != ROOT {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd")?;
    let found = USERS.iter().find_map(|name| {
        let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut fields = line.split(':').skip(2);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    });
    found.map(Some).ok_or_else(|| "there is no user that PostgreSQL could run as".into())
}

/// One connection.
pub(super) struct Inserter {
    client: Client,
    insert: Statement,
    event: Vec<u8>,
}

impl Writer for Inserter {
    async fn append(&mut self) -> Outcome<()> {
        self.client.execute(&self.insert, &[&self.event]).await?;
        Ok(())
    }
}
