//! Playing: one frame every 20 ms, and always a word at the end.

use super::{Clips, Codec, Fact, Sound, Stream, sound::FRAME, stream::Shared};
use patchcord_core::{
    id::MediaId,
    wire::{Clip, MediaResult},
};
use std::{sync::Arc, time::Duration};
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

/// From one key to the next.
const KEY: Duration = Duration::from_millis(200);
/// What a `w` among keys waits.
const PAUSE: Duration = Duration::from_millis(500);

impl Stream {
    /// Plays a clip. [`Fact::Played`] follows, always.
    pub fn play(&self, media: MediaId, clip: Clip, volume: f64, clips: Arc<Clips>) {
        let shared = Arc::clone(&self.shared);
        let stop = shared.begin(media);
        tokio::spawn(async move {
            let loaded = tokio::select! {
                () = stop.cancelled() => None,
                loaded = clips.load(&clip) => Some(loaded),
            };
            let end = match loaded {
                None => (MediaResult::Stopped, None),
                Some(Err(error)) => (MediaResult::Failed, Some(error)),
                Some(Ok(sound)) => (shared.pace(media, &sound, volume, &stop).await, None),
            };
            shared.end(media, end.0, end.1);
        });
    }

    /// Sends keys one after the other. [`Fact::Played`] follows, always.
    pub fn send_digits(&self, media: MediaId, digits: String) {
        let stream = self.clone();
        let stop = self.shared.begin(media);
        tokio::spawn(async move {
            let keys = async {
                for key in digits.chars() {
                    let pause = match key {
                        'w' => PAUSE,
                        'W' => PAUSE * 2,
                        key => {
                            stream.press(key);
                            KEY
                        }
                    };
                    tokio::time::sleep(pause).await;
                }
            };
            let result = tokio::select! {
                () = stop.cancelled() => MediaResult::Stopped,
                () = keys => MediaResult::Finished,
            };
            stream.shared.end(media, result, None);
        });
    }

    /// Stops a play; one that is already over is left in peace.
    pub fn stop(&self, media: MediaId) {
        if let Some(stop) = self.shared.state().plays.get(&media.0) {
            stop.cancel();
        }
    }
}

impl Shared {
    fn begin(&self, media: MediaId) -> CancellationToken {
        let stop = self.closed.child_token();
        let mut state = self.state();
        state.plays.insert(media.0, stop.clone());
        // The newest play is the one that is heard.
        state.on_air = Some(media);
        stop
    }

    fn end(&self, media: MediaId, result: MediaResult, error: Option<String>) {
        let mut state = self.state();
        state.plays.remove(&media.0);
        if state.on_air == Some(media) {
            state.on_air = state.plays.last_key_value().map(|(media, _)| MediaId(*media));
        }
        drop(state);
        self.tell(Fact::Played { media, result, error });
    }

    async fn pace(&self, media: MediaId, sound: &Sound, volume: f64, stop: &CancellationToken) -> MediaResult {
        let gain = 10f64.powf(volume.clamp(-40.0, 40.0) / 20.0);
        let mut ticks = interval(Duration::from_millis(20));
        ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
        let mut position = 0;
        while position < sound.length() {
            tokio::select! {
                () = stop.cancelled() => return MediaResult::Stopped,
                _ = ticks.tick() => {}
            }
            self.frame(media, sound, position, gain);
            position += FRAME as u64;
        }
        // The last frame has to be heard to its end.
        tokio::select! {
            () = stop.cancelled() => MediaResult::Stopped,
            _ = ticks.tick() => MediaResult::Finished,
        }
    }

    fn frame(&self, media: MediaId, sound: &Sound, position: u64, gain: f64) {
        let mut state = self.state();
        if state.on_air != Some(media) {
            return;
        }
        let mut samples = [0; FRAME];
        sound.fill(position, &mut samples);
        let codec: Codec = state.codec;
        let unchanged = (gain - 1.0).abs() < 1e-9;
        let payload: [u8; FRAME] =
            samples.map(|sample| codec.encode(if unchanged { sample } else { (f64::from(sample) * gain) as i16 }));
        self.say(&mut state, codec.payload_type(), &payload, FRAME as u32);
    }
}
