//! `patchcord serve`: answers SIP calls with a flow until it is told to stop.

use super::{Failure, document::Format, paint::Paint, report};
use crate::{
    call::{Flow, Host, HostSetting},
    console::{self, Console, ConsoleSetting, page},
    guest::{Code, GuestFlow, Limits, guest},
    report::Report,
    sip::{Route, Routes},
};
use clap::Args;
use patchcord_core::{
    diag,
    engine::load,
    wire::{Application, Dialect, Hook, Source},
};
use std::{
    io::Write as _,
    net::{IpAddr, SocketAddr},
    ops::RangeInclusive,
    path::PathBuf,
    time::Duration,
};

/// How long calls under way may last after the first Ctrl-C.
const DRAIN: Duration = Duration::from_secs(60);

/// Options of `patchcord serve`.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// The flow: a file, or an http(s) URL that is asked once per call
    flow: String,
    /// Dialect of the flow; needed for a URL, otherwise recognised by its shape
    #[arg(long, value_parser = dialect)]
    dialect: Option<Dialect>,
    /// Address that relative URLs in a flow file are resolved against
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// UDP address to listen on; port 0 lets the system choose
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:5060")]
    listen: SocketAddr,
    /// Address to write into SDP, when it is not the one we listen on
    #[arg(long, value_name = "ADDR")]
    advertise: Option<IpAddr>,
    /// Ports for audio, e.g. 10000-20000; any free ones by default
    #[arg(long, value_name = "FIRST-LAST", value_parser = ports)]
    rtp_ports: Option<RangeInclusive<u16>>,
    /// Where bare numbers are dialled
    #[arg(long, value_name = "HOST:PORT")]
    trunk: Option<String>,
    /// Dial what matches PATTERN (`*` is a wildcard) at a SIP URI instead; may be repeated
    #[arg(long, value_name = "PATTERN=sip:…")]
    route: Vec<Route>,
    /// Domain of users that are dialled without one
    #[arg(long, value_name = "DOMAIN")]
    realm: Option<String>,
    /// URL that is told about every change of every leg (verbs)
    #[arg(long, value_name = "URL")]
    status_hook: Option<String>,
    /// URL that sends text messages (SWML `send_sms`): it is given JSON with `to`, `from`, `body` …
    #[arg(long, value_name = "URL")]
    message_hook: Option<String>,
    /// URL that is asked for the flow when its own URL gives none (SWML)
    #[arg(long, value_name = "URL")]
    fallback: Option<String>,
    /// Environment variable that holds the key with which requests for flows are signed (SWML)
    #[arg(long, value_name = "VARIABLE")]
    signing_key_from: Option<String>,
    /// Folder for the journals of calls
    #[arg(long, value_name = "DIR", default_value = "patchcord-journal")]
    journal_dir: PathBuf,
    /// Show calls in a browser, as they happen: HTTP on this address
    #[arg(long, value_name = "ADDR:PORT", num_args = 0..=1, default_missing_value = "127.0.0.1:5080")]
    console: Option<SocketAddr>,
    /// Folder of the console's page, as `cargo xtask www` builds it
    #[arg(long, value_name = "DIR", requires = "console")]
    console_page: Option<PathBuf>,
    /// Calls at the same time; more are refused with 503
    #[arg(long, value_name = "N", default_value_t = 1000)]
    max_calls: usize,
    /// Calls that share one instance of the guest; 1 is the strictest
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u64).range(1..))]
    calls_per_instance: u64,
    /// Memory that one instance of the guest may use
    #[arg(long, value_name = "MIB", default_value_t = 64, value_parser = clap::value_parser!(u64).range(1..=4096))]
    memory_mib: u64,
    /// Time that the guest may take over one input
    #[arg(long, value_name = "MS", default_value_t = 200, value_parser = clap::value_parser!(u64).range(10..=60_000))]
    input_ms: u64,
    /// Run another guest than the one inside this program
    #[arg(long, value_name = "FILE")]
    guest: Option<PathBuf>,
    /// Run the engine in this process, without the sandbox (for debugging)
    #[arg(long, conflicts_with = "guest")]
    native: bool,
    /// Seed of the first call's ids, for tests; random by default
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// How to print what happens
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Print nothing but the address
    #[arg(long, short)]
    quiet: bool,
}

/// Runs until Ctrl-C or SIGTERM and a drain.
pub(super) async fn run(options: Options) -> Result<(), Failure> {
    let source = source(&options)?;
    let signing_key = match &options.signing_key_from {
        Some(name) => Some(
            std::env::var(name).map_err(|_| Failure::World(format!("the variable `{name}` holds no signing key")))?,
        ),
        None => None,
    };
    let limits = Limits {
        memory: usize::try_from(options.memory_mib << 20).unwrap_or(usize::MAX),
        input: Duration::from_millis(options.input_ms),
    };
    let flow = if options.native {
        Flow::native()
    } else {
        let code = match &options.guest {
            Some(path) => {
                let wasm =
                    std::fs::read(path).map_err(|error| Failure::World(format!("{}: {error}", path.display())))?;
                Code::load(&wasm, limits, Code::cache_folder().as_deref())
            }
            None => guest(limits),
        };
        let per_instance = usize::try_from(options.calls_per_instance).unwrap_or(usize::MAX);
        Flow::guest(GuestFlow::new(code.map_err(Failure::world)?, source.clone(), options.dialect, per_instance))
    };
    let console = match options.console {
        Some(listen) => Some(console(&options, listen, &source).await?),
        None => None,
    };
    let shown = console.as_ref().map(Console::watch);
    let (paint, quiet, format) = (Paint::of_stdout(), options.quiet, options.format);
    let watch = Report::new(move |sight| {
        let line = match format {
            _ if quiet => None,
            Format::Human => report::line(&sight, paint),
            Format::Json => sight.json().map(|line| line.to_string()),
        };
        if let Some(shown) = &shown {
            shown.tell(sight);
        }
        if let Some(line) = line {
            // Whoever read it may have gone; the calls go on.
            let _ = writeln!(std::io::stdout(), "{line}");
        }
    });
    let host = Host::start(HostSetting {
        listen: options.listen,
        advertise: options.advertise,
        rtp_ports: options.rtp_ports,
        routes: Routes { overrides: options.route, trunk: options.trunk },
        flow,
        source,
        dialect: options.dialect,
        application: Application {
            status_hook: options.status_hook.map(|url| Hook { url, method: None }),
            realm: options.realm,
            message_hook: options.message_hook.map(|url| Hook { url, method: None }),
            fallback: options.fallback.map(|url| Hook { url, method: None }),
            signing_key,
            ..Application::default()
        },
        journals: options.journal_dir,
        max_calls: options.max_calls,
        seed: options.seed,
        watch,
    })
    .await
    .map_err(Failure::world)?;
    let _ = writeln!(std::io::stdout(), "listening on udp {}", host.local());
    if let Some(console) = &console {
        let _ = writeln!(std::io::stdout(), "console on http://{}", console.local());
    }
    stay(&host).await
}

/// The console, and a warning where others can reach it.
async fn console(options: &Options, listen: SocketAddr, source: &Source) -> Result<Console, Failure> {
    let page = match &options.console_page {
        Some(folder) if !page::is_page(folder) => {
            return Err(Failure::World(format!(
                "{} has no index.html: build it with `cargo xtask www`",
                folder.display()
            )));
        }
        Some(folder) => Some(folder.clone()),
        None => page::folder(),
    };
    if !listen.ip().is_loopback() {
        eprintln!("patchcord: the console shows journals, secrets included, to everyone who reaches {listen}");
    }
    let flow = match source {
        Source::Document { text, .. } => Some(console::Flow {
            name: PathBuf::from(&options.flow)
                .file_name()
                .map_or_else(String::new, |name| name.to_string_lossy().into()),
            text: text.clone(),
            dialect: options.dialect.map(Dialect::name),
        }),
        Source::Url { .. } => None,
    };
    let setting = ConsoleSetting { listen, page, journals: options.journal_dir.clone(), flow };
    let failed = |error| Failure::World(format!("the console cannot listen on {listen}: {error}"));
    Console::start(setting).await.map_err(failed)
}

/// Waits for the order to stop, then for the calls; the second order hangs them up.
async fn stay(host: &Host) -> Result<(), Failure> {
    stop_order().await?;
    let under_way = host.calls();
    if under_way > 0 {
        let _ = writeln!(std::io::stdout(), "draining: {under_way} calls under way; once more to hang up");
    }
    let drained = host.drain();
    tokio::pin!(drained);
    tokio::select! {
        () = &mut drained => {
            host.close();
            return Ok(());
        }
        order = stop_order() => order?,
        () = tokio::time::sleep(DRAIN) => {}
    }
    host.hang_up_all();
    if tokio::time::timeout(DRAIN, drained).await.is_err() {
        return Err(Failure::World("some calls could not be ended".into()));
    }
    host.close();
    Ok(())
}

#[cfg(unix)]
async fn stop_order() -> Result<(), Failure> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).map_err(Failure::world)?;
    tokio::select! {
        result = tokio::signal::ctrl_c() => result.map_err(Failure::world),
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn stop_order() -> Result<(), Failure> {
    tokio::signal::ctrl_c().await.map_err(Failure::world)
}

/// The flow, read and checked: a broken one is refused before it can answer a call.
fn source(options: &Options) -> Result<Source, Failure> {
    if options.flow.starts_with("http://") || options.flow.starts_with("https://") {
        if options.dialect.is_none() {
            // Ends here, with clap's own look and code 2.
            super::usage("a flow that is fetched needs `--dialect`");
        }
        return Ok(Source::Url { hook: Hook { url: options.flow.clone(), method: None } });
    }
    let text =
        std::fs::read_to_string(&options.flow).map_err(|error| Failure::World(format!("{}: {error}", options.flow)))?;
    let loaded = load(&text, options.dialect);
    let told = diag::human(&options.flow, &text, &loaded.diagnostics, diag::Colour::Plain);
    if !loaded.runs() {
        return Err(Failure::Wrong(format!("{told}patchcord: {} cannot be run\n", options.flow)));
    }
    eprint!("{told}");
    Ok(Source::Document { text, url: options.base_url.clone() })
}

fn dialect(name: &str) -> Result<Dialect, String> {
    Dialect::ALL
        .into_iter()
        .find(|dialect| dialect.name() == name)
        .ok_or_else(|| format!("expected {}", Dialect::ALL.map(Dialect::name).join(", ")))
}

fn ports(text: &str) -> Result<RangeInclusive<u16>, String> {
    let (first, last) = text.split_once('-').ok_or("expected FIRST-LAST")?;
    let parse = |text: &str| text.trim().parse::<u16>().map_err(|error| error.to_string());
    let range = parse(first)?..=parse(last)?;
    if range.is_empty() || *range.start() == 0 { Err("expected a range like 10000-20000".into()) } else { Ok(range) }
}
