//! From what a flow wants to hear to samples: files, web addresses, speech, tones.

use super::{Sound, Tone, wav};
use patchcord_core::wire::Clip;
use std::{
    collections::BTreeMap,
    process::Stdio,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};
use tokio::{io::AsyncWriteExt as _, process::Command};

/// The largest audio file we take.
const MAX_FILE: usize = 32 << 20;
/// How long a fetched file or a spoken text is reused.
const FRESH: Duration = Duration::from_secs(60);
/// Samples held for reuse: 64 MiB.
const MAX_HELD: usize = 32 << 20;
/// How long to wait for a file or for the synthesiser.
const PATIENCE: Duration = Duration::from_secs(15);

/// What was loaded, when, under its address or text.
type Shelf = BTreeMap<String, (Instant, Arc<[i16]>)>;

/// Loads clips, and keeps what was loaded for a while.
#[derive(Debug)]
pub struct Clips {
    web: reqwest::Client,
    held: Mutex<Shelf>,
}

impl Clips {
    /// A loader that fetches with this client.
    #[must_use]
    pub fn new(web: reqwest::Client) -> Clips {
        Clips { web, held: Mutex::default() }
    }

    /// Turns a clip into something that can be heard, or says why it cannot.
    pub async fn load(&self, clip: &Clip) -> Result<Sound, String> {
        match clip {
            Clip::Silence { ms } => Ok(Sound::Silence(ms.0)),
            Clip::Ring { country, ms } => {
                let tone = Tone::of_country(country);
                Ok(Sound::Tone(tone, ms.map_or(tone.period(), |ms| ms.0)))
            }
            Clip::Audio { url } => self.held(url, self.audio(url)).await,
            Clip::Say { text, voice, language, .. } => {
                let key =
                    format!("say:{}:{}:{text}", voice.as_deref().unwrap_or(""), language.as_deref().unwrap_or(""));
                self.held(&key, say(text, language.as_deref())).await
            }
        }
    }

    async fn held(&self, key: &str, load: impl Future<Output = Result<Vec<i16>, String>>) -> Result<Sound, String> {
        let known =
            self.shelf().get(key).filter(|(at, _)| at.elapsed() < FRESH).map(|(_, samples)| Arc::clone(samples));
        if let Some(samples) = known {
            return Ok(Sound::Samples(samples));
        }
        let samples: Arc<[i16]> = tokio::time::timeout(PATIENCE, load)
            .await
            .map_err(|_| format!("no audio within {} s", PATIENCE.as_secs()))??
            .into();
        let mut shelf = self.shelf();
        if shelf.values().map(|(_, samples)| samples.len()).sum::<usize>() + samples.len() > MAX_HELD {
            shelf.clear();
        }
        shelf.insert(key.to_owned(), (Instant::now(), Arc::clone(&samples)));
        Ok(Sound::Samples(samples))
    }

    fn shelf(&self) -> std::sync::MutexGuard<'_, Shelf> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn audio(&self, url: &str) -> Result<Vec<i16>, String> {
        let bytes = match url.strip_prefix("file:") {
            Some(path) => {
                let path = path.strip_prefix("//localhost").or(path.strip_prefix("//")).unwrap_or(path);
                tokio::fs::read(path).await.map_err(|error| format!("cannot read {path}: {error}"))?
            }
            None => self.download(url).await?,
        };
        if bytes.len() > MAX_FILE {
            return Err(format!("the file is larger than {} MiB", MAX_FILE >> 20));
        }
        tokio::task::spawn_blocking(move || wav::read(&bytes)).await.map_err(|error| error.to_string())?
    }

    async fn download(&self, url: &str) -> Result<Vec<u8>, String> {
        // The error of reqwest would repeat the address, which may carry a password.
        let mut reply = self.web.get(url).send().await.map_err(|error| error.without_url().to_string())?;
        if !reply.status().is_success() {
            return Err(format!("the server answered {}", reply.status()));
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = reply.chunk().await.map_err(|error| error.without_url().to_string())? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() > MAX_FILE {
                break;
            }
        }
        Ok(bytes)
    }
}

/// Speaks a text through the local synthesiser, which reads it from its input so that no text
/// can become an option.
async fn say(text: &str, language: Option<&str>) -> Result<Vec<i16>, String> {
    let voice: String = language
        .unwrap_or("en-us")
        .chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-')
        .collect::<String>()
        .to_ascii_lowercase();
    let short = voice.split('-').next().unwrap_or("en").to_owned();
    let mut problem = String::new();
    for voice in [voice.as_str(), short.as_str(), "en"] {
        match espeak(text, voice).await {
            Ok(bytes) => match wav::read(&bytes) {
                Ok(samples) => return Ok(samples),
                Err(error) => problem = error,
            },
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err("no speech synthesiser: install `espeak-ng` to hear `say`".into());
            }
            Err(error) => problem = error.to_string(),
        }
    }
    Err(format!("espeak-ng: {problem}"))
}

async fn espeak(text: &str, voice: &str) -> std::io::Result<Vec<u8>> {
    let mut child = Command::new("espeak-ng")
        .args(["--stdin", "--stdout", "-v", voice])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(text.as_bytes()).await?;
    }
    let output = child.wait_with_output().await?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(std::io::Error::other(format!("it has no voice `{voice}`")))
    }
}
