//! The host of all calls: takes them in, counts them, and sees them out.

use super::{Flow, Sight, pump::Call};
use crate::{
    guest::{CallEngine, EngineError},
    hooks::{Hooks, NoClient},
    media::{Clips, Ports, random},
    report::Report,
    sip::{Invitation, Routes, Setting, SipError, UserAgent},
};
use patchcord_core::{
    time::Instant,
    wire::{self, Application, Dialect, Source, Start},
};
use std::{
    net::{IpAddr, SocketAddr},
    ops::RangeInclusive,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// How a host is started.
pub struct HostSetting {
    /// Where SIP listens.
    pub listen: SocketAddr,
    /// The address in our SDP; the listening one when absent.
    pub advertise: Option<IpAddr>,
    /// Ports for audio; any when absent.
    pub rtp_ports: Option<RangeInclusive<u16>>,
    /// How addresses are dialled.
    pub routes: Routes,
    /// What answers.
    pub flow: Flow,
    /// Where the flow comes from.
    pub source: Source,
    /// Its dialect, when known.
    pub dialect: Option<Dialect>,
    /// What the platform would know about the account.
    pub application: Application,
    /// Where journals are written.
    pub journals: PathBuf,
    /// Calls at the same time; more are refused with 503.
    pub max_calls: usize,
    /// Seed of the first call, for tests; random when absent.
    pub seed: Option<u64>,
    /// Sees everything that happens.
    pub watch: Report<Sight>,
}

/// A host could not be started.
#[derive(Debug, thiserror::Error)]
pub enum HostError {
    /// SIP could not be started.
    #[error(transparent)]
    Sip(#[from] SipError),
    /// HTTP could not be started.
    #[error(transparent)]
    Http(#[from] NoClient),
}

/// A running host. Cheap to clone.
#[derive(Clone)]
pub struct Host {
    pub(super) inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub(super) agent: UserAgent,
    pub(super) ports: Ports,
    pub(super) clips: Arc<Clips>,
    pub(super) hooks: Hooks,
    pub(super) setting: HostSetting,
    pub(super) stop: CancellationToken,
    calls: TaskTracker,
    draining: AtomicBool,
    numbers: AtomicU64,
}

impl Host {
    /// Binds the sockets and begins to take calls.
    pub async fn start(setting: HostSetting) -> Result<Host, HostError> {
        let hooks = Hooks::new()?;
        let name = concat!("patchcord/", env!("CARGO_PKG_VERSION")).to_owned();
        let (agent, invited) = UserAgent::start(Setting { listen: setting.listen, name }).await?;
        let ip = setting.listen.ip();
        let ports = Ports::new(ip, setting.advertise.unwrap_or(agent.local().ip()), setting.rtp_ports.clone());
        let clips = Arc::new(Clips::new(hooks.client()));
        let inner = Arc::new(Inner {
            agent,
            ports,
            clips,
            hooks,
            setting,
            stop: CancellationToken::new(),
            calls: TaskTracker::new(),
            draining: AtomicBool::new(false),
            numbers: AtomicU64::new(0),
        });
        tokio::spawn(Arc::clone(&inner).receive(invited));
        Ok(Host { inner })
    }

    /// Where SIP listens.
    #[must_use]
    pub fn local(&self) -> SocketAddr {
        self.inner.agent.local()
    }

    /// Calls under way.
    #[must_use]
    pub fn calls(&self) -> usize {
        self.inner.calls.len()
    }

    /// Takes no more calls, and waits for those under way and for what they still have to tell.
    pub async fn drain(&self) {
        self.inner.draining.store(true, Ordering::SeqCst);
        self.inner.calls.close();
        self.inner.calls.wait().await;
        self.inner.hooks.drained().await;
    }

    /// Hangs up every call.
    pub fn hang_up_all(&self) {
        self.inner.draining.store(true, Ordering::SeqCst);
        self.inner.stop.cancel();
    }

    /// Closes the sockets.
    pub fn close(&self) {
        self.inner.agent.close();
    }
}

impl Inner {
    async fn receive(self: Arc<Inner>, mut invited: UnboundedReceiver<Invitation>) {
        while let Some(invitation) = invited.recv().await {
            if self.draining.load(Ordering::SeqCst) || self.calls.len() >= self.setting.max_calls {
                let wait = wire::Header { name: "Retry-After".into(), value: "5".into() };
                invitation.refuse(503, &[wait]);
                continue;
            }
            let number = self.numbers.fetch_add(1, Ordering::SeqCst) + 1;
            let start = self.start_of(number, invitation.caller.clone());
            self.calls.spawn(Call::run(Arc::clone(&self), number, start, invitation));
        }
    }

    fn start_of(&self, number: u64, caller: wire::Caller) -> Start {
        let unix = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
        // 53 bits: what JavaScript can hold.
        let seed = self.setting.seed.map_or_else(|| random() >> 11, |seed| seed.wrapping_add(number - 1));
        Start {
            source: self.setting.source.clone(),
            dialect: self.setting.dialect,
            now: Instant::ZERO,
            unix_ms: u64::try_from(unix.as_millis()).unwrap_or(u64::MAX),
            seed: seed & ((1 << 53) - 1),
            caller,
            application: self.setting.application.clone(),
            limits: wire::Limits::default(),
            quiet: false,
        }
    }

    /// A fresh engine.
    pub(super) fn engine(&self) -> Result<Box<dyn CallEngine>, EngineError> {
        self.setting.flow.engine()
    }
}
