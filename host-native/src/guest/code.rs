//! The guest module, compiled: once per version and machine, then loaded from a file.

use super::import::{Hosted, linker};
use sha2::{Digest as _, Sha256};
use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    sync::Arc,
    thread,
    time::Duration,
};
use wasmtime::{Config, Engine, InstanceAllocationStrategy, InstancePre, Module, PoolingAllocationConfig};

/// How often running guests are looked at.
const TICK: Duration = Duration::from_millis(10);
/// Instances that may exist at the same time.
const MAX_INSTANCES: u32 = 4000;
/// Memory of a closed instance that stays mapped for the next one.
const KEEP_RESIDENT: usize = 1 << 20;

/// What one instance may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of linear memory.
    pub memory: usize,
    /// Time for one input.
    pub input: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { memory: 64 << 20, input: Duration::from_millis(200) }
    }
}

impl Limits {
    /// The time for one input in ticks; at least one whole tick.
    pub(super) fn ticks(&self) -> u64 {
        let ticks = self.input.as_millis() / TICK.as_millis();
        u64::try_from(ticks).unwrap_or(u64::MAX).saturating_add(1)
    }
}

/// A guest cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GuestError {
    /// It is no module, or imports what we do not give.
    #[error("the guest cannot be loaded: {0}")]
    Load(String),
    /// It speaks another version of the contract.
    #[error("the guest speaks version {0}.{1} of the contract, this host speaks 1.x")]
    Abi(u32, u32),
    /// It trapped.
    #[error("the guest was stopped: {0}")]
    Trapped(String),
    /// It answered with an error.
    #[error("{0}")]
    Refused(String),
    /// Its answer cannot be understood.
    #[error("the guest answered nonsense: {0}")]
    Nonsense(String),
}

/// The compiled guest. Shared by all its instances.
#[derive(Clone)]
pub struct Code {
    pub(super) engine: Engine,
    /// The module with our imports linked: an instance is a copy of it.
    pub(super) linked: InstancePre<Hosted>,
    pub(super) limits: Limits,
    /// Dropping the last clone ends the ticker thread.
    _alive: Arc<()>,
}

impl Code {
    /// Compiles a module, or loads what was compiled before from `cache`.
    pub fn load(wasm: &[u8], limits: Limits, cache: Option<&Path>) -> Result<Code, GuestError> {
        let engine = Engine::new(&config(&limits)).map_err(|error| GuestError::Load(error.to_string()))?;
        let module = match cache.and_then(|folder| stored(&engine, folder, wasm)) {
            Some(module) => module,
            None => {
                let module = Module::new(&engine, wasm).map_err(|error| GuestError::Load(format!("{error:#}")))?;
                if let Some(folder) = cache
                    && let Err(error) = store(&module, &entry(folder, wasm))
                {
                    tracing::debug!("the compiled guest cannot be kept in {}: {error}", folder.display());
                }
                module
            }
        };
        let linked =
            linker(&engine)?.instantiate_pre(&module).map_err(|error| GuestError::Load(format!("{error:#}")))?;
        let alive = Arc::new(());
        let (watched, ticked) = (Arc::downgrade(&alive), engine.clone());
        thread::Builder::new()
            .name("guest-clock".into())
            .spawn(move || {
                while watched.strong_count() > 0 {
                    thread::sleep(TICK);
                    ticked.increment_epoch();
                }
            })
            .map_err(|error| GuestError::Load(error.to_string()))?;
        Ok(Code { engine, linked, limits, _alive: alive })
    }

    /// Where compiled guests are kept: the user's cache folder.
    #[must_use]
    pub fn cache_folder() -> Option<PathBuf> {
        let folder = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let base = folder("XDG_CACHE_HOME").or_else(|| Some(folder("HOME")?.join(".cache")))?;
        Some(base.join("patchcord"))
    }
}

fn config(limits: &Limits) -> Config {
    let mut pool = PoolingAllocationConfig::new();
    pool.total_core_instances(MAX_INSTANCES)
        .total_memories(MAX_INSTANCES)
        .total_tables(MAX_INSTANCES)
        .max_memory_size(limits.memory)
        .linear_memory_keep_resident(KEEP_RESIDENT);
    let mut config = Config::new();
    config
        .epoch_interruption(true)
        .cranelift_nan_canonicalization(true)
        .memory_init_cow(true)
        .memory_reservation(limits.memory as u64)
        .allocation_strategy(InstanceAllocationStrategy::Pooling(pool));
    config
}

/// The file of a module: named by its bytes, so that a changed one never meets an old file. The
/// runtime's own header in it refuses other versions, settings and processors.
fn entry(folder: &Path, wasm: &[u8]) -> PathBuf {
    let mut hash = Sha256::new();
    hash.update(wasm);
    hash.update(b"wasmtime 48");
    let name: String = hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    folder.join(format!("guest-{name}.cwasm"))
}

/// Loads a compiled module. The file is machine code that we will run: it is taken only from a
/// folder and a file that nobody else can write.
#[allow(unsafe_code)]
fn stored(engine: &Engine, folder: &Path, wasm: &[u8]) -> Option<Module> {
    let path = entry(folder, wasm);
    if !private(folder) || !private(&path) {
        return None;
    }
    let bytes = fs::read(&path).ok()?;
    // SAFETY: the file was written by `store` below: only this user can write it or its folder,
    // its name is the hash of the module, and wasmtime checks version, settings and processor.
    match unsafe { Module::deserialize(engine, bytes) } {
        Ok(module) => Some(module),
        Err(error) => {
            tracing::debug!("{} is of no use: {error}", path.display());
            None
        }
    }
}

#[cfg(unix)]
fn private(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let owner = fs::metadata("/proc/self").map(|own| own.uid());
    fs::symlink_metadata(path).is_ok_and(|found| {
        !found.is_symlink() && found.mode() & 0o022 == 0 && owner.as_ref().map_or(true, |owner| *owner == found.uid())
    })
}

#[cfg(not(unix))]
fn private(path: &Path) -> bool {
    path.exists()
}

/// Writes beside the place and renames: a reader never sees half a file.
fn store(module: &Module, path: &Path) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(folder)?;
    let bytes = module.serialize().map_err(std::io::Error::other)?;
    let draft = path.with_extension(format!("{}.part", std::process::id()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(&draft)?.write_all(&bytes)?;
    fs::rename(&draft, path)
}
