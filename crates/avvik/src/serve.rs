//! `avvik serve`: the service, from the first line it prints to the last request it finishes.

use std::future::IntoFuture;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use service::{Clock, Service};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use web::App;

use crate::arguments::Serve;
use crate::control::Control;
use crate::failure::Failure;
use crate::output::say;
use crate::setting_up::is_set_up;
use crate::settings::{Flags, Settings};
use crate::{demo, logging, start};

/// How long requests under way may take once the service was told to stop.
const STOP_SECONDS_MAX: u64 = 20;

/// Runs the service until it is told to stop.
pub(crate) async fn run(asked: Serve) -> Result<(), Failure> {
    let standard_dir = asked.demo.then(|| demo::STANDARD_DIR.into());
    let flags = Flags { data_dir: asked.place.data_dir.or(standard_dir), listen: asked.listen };
    let settings = Settings::load(asked.place.config.as_deref(), flags)?;
    let listen = settings.server.listen;
    if asked.demo && !listen.ip().is_loopback() {
        return Err(Failure::DemoOpenToOthers { listen });
    }
    logging::begin(&settings.log_filter);
    let not_bound = |source| Failure::NotBound { listen, source };
    let listener = TcpListener::bind(listen).await.map_err(not_bound)?;
    let bound = listener.local_addr().map_err(not_bound)?;
    let service = if asked.demo {
        open_demo(&settings, bound).await?
    } else {
        open_real(&settings, bound).await?
    };
    let result = answer(&service, &settings, listener, asked.demo).await;
    service.close().await;
    tracing::info!("stopped");
    result
}

/// Opens what `avvik init` has set up.
async fn open_real(settings: &Settings, bound: SocketAddr) -> Result<Service, Failure> {
    if demo::is_demo(&settings.data_dir) {
        return Err(Failure::OnlyADemo { dir: settings.data_dir.clone() });
    }
    let service = start::open(settings.for_service(bound)?, Clock::system()).await?;
    require_set_up(service, settings).await
}

/// Opens the demo, which is set up first where there is none.
async fn open_demo(settings: &Settings, bound: SocketAddr) -> Result<Service, Failure> {
    // The demo shows these ways too, whatever the settings beside it say.
    let for_service = service::Settings {
        report_without_login: true,
        delegated_to_dpo: true,
        ..settings.for_service(bound)?
    };
    let is_new = demo::make_data(settings)?;
    let for_service = demo::with_archive(for_service)?;
    let clock = Clock::system();
    let service = start::open(for_service, clock.clone()).await?;
    if is_new {
        demo::begin(&service, clock.now()).await?;
        return Ok(service);
    }
    let service = require_set_up(service, settings).await?;
    say(&format!(
        "The demo's one-time passwords were printed at its first start. To begin anew, stop it and \
         remove {}.",
        settings.data_dir.display()
    ))?;
    Ok(service)
}

async fn require_set_up(service: Service, settings: &Settings) -> Result<Service, Failure> {
    if is_set_up(&service.organisation()) {
        return Ok(service);
    }
    service.close().await;
    Err(Failure::Unfinished { dir: settings.data_dir.clone() })
}

/// Answers pages and commands until a signal comes, and finishes what is under way.
async fn answer(
    service: &Service,
    settings: &Settings,
    listener: TcpListener,
    is_demo: bool,
) -> Result<(), Failure> {
    let stopping = stop_on_signal().map_err(Failure::house("signals cannot be listened to"))?;
    let control = Control::bind(&settings.data_dir).map_err(Failure::Control)?;
    let control = tokio::spawn(control.serve(service.clone(), stopped(stopping.clone())));
    let bound = listener.local_addr().map_err(Failure::house("the address is not known"))?;
    let base_url = &service.settings().base_url;
    let is_unencrypted_here = bound.ip().is_loopback() && !base_url.starts_with("https://");
    let app = App::new(service.clone(), is_demo, is_unencrypted_here);
    let app = app.behind_proxy(settings.server.is_behind_proxy);
    let router = web::router(app).into_make_service_with_connect_info::<SocketAddr>();
    let pages = axum::serve(listener, router).with_graceful_shutdown(stopped(stopping.clone()));
    let mut pages = tokio::spawn(pages.into_future());
    say(&greeting(bound, base_url))?;
    stopped(stopping.clone()).await;
    tracing::info!("stopping");
    if tokio::time::timeout(Duration::from_secs(STOP_SECONDS_MAX), &mut pages).await.is_err() {
        tracing::warn!("requests were still under way and have been broken off");
        pages.abort();
    }
    // It stops at once by itself; what it answered is logged there.
    let _ = control.await;
    Ok(())
}

fn greeting(bound: SocketAddr, base_url: &str) -> String {
    let address = format!("http://{bound}");
    if address == base_url {
        format!("Avvik answers on {address}")
    } else {
        format!("Avvik answers on {address}, which others reach at {base_url}")
    }
}

/// Becomes true at SIGTERM or SIGINT.
fn stop_on_signal() -> io::Result<watch::Receiver<bool>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let (stop, stopping) = watch::channel(false);
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => (),
            _ = interrupt.recv() => (),
        }
        stop.send_replace(true);
    });
    Ok(stopping)
}

/// Returns once the service is told to stop.
async fn stopped(mut stopping: watch::Receiver<bool>) {
    // An error means that nobody can tell any more, which is as good as being told.
    let _ = stopping.wait_for(|stop| *stop).await;
}
