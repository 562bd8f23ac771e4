//! Any sequence of events: the engine absorbs it, says `Done` at most once, and nothing after.
#![no_main]

use libfuzzer_sys::fuzz_target;
use patchcord_core::engine::Engine;
use patchcord_core::id::{FetchId, LegId, MediaId};
use patchcord_core::sim::{Scenario, start_of};
use patchcord_core::time::Instant;
use patchcord_core::wire::{Cause, Command, Event, Header, MediaResult};

const FLOWS: [&str; 3] = [
    "sections: {main: [{connect: {serial_parallel: [[{to: \"sip:a@b\"}, {to: \"+1\"}], [{to: \"+2\"}]], confirm: [{play: \"say:x\"}]}}, {prompt: \"say:y\"}]}",
    "[{\"verb\":\"dial\",\"actionHook\":\"/a\",\"confirmHook\":\"/c\",\"target\":[{\"type\":\"phone\",\"number\":\"1\"},{\"type\":\"phone\",\"number\":\"2\"}]},{\"verb\":\"say\",\"text\":\"x\"}]",
    "<Response><Dial action=\"/a\"><Sip url=\"/s\">sip:a@b</Sip><Number>+1</Number></Dial><Redirect>/r</Redirect></Response>",
];
const BODIES: [&str; 4] = ["", "[{\"verb\":\"hangup\"}]", "<Response><Say>x</Say></Response>", "sections: {main: [hangup]}"];

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    let mut scenario = Scenario::ordinary();
    scenario.url = Some("https://app.example/x".into());
    let mut engine = Engine::new(start_of(&scenario, FLOWS[*first as usize % 3], None));
    let (mut now, mut done) = (0, false);
    for part in rest.chunks(3) {
        let [what, number, more] = [part[0], part.get(1).copied().unwrap_or(0), part.get(2).copied().unwrap_or(0)];
        now += u64::from(more) * 40;
        let leg = LegId(u32::from(number % 6));
        let event = match what % 9 {
            0 => Event::Ringing { leg, status: 180 },
            1 => Event::EarlyMedia { leg, status: 183 },
            2 => Event::Answered { leg, headers: Vec::new(), sip_call_id: None },
            3 => Event::Failed { leg, status: 300 + u16::from(more), reason: String::new(), headers: Vec::new(), sip_call_id: None },
            4 => Event::Ended { leg, cause: Cause::Normal, headers: Vec::new() },
            5 => Event::Digit { leg, digit: char::from(b'0' + number % 10) },
            6 => Event::MediaDone { leg, media: MediaId(u32::from(more % 8)), result: MediaResult::Finished, error: None },
            7 => Event::Fetched {
                fetch: FetchId(u32::from(number % 6)),
                status: 200,
                headers: vec![Header { name: "content-type".into(), value: "application/json".into() }],
                body: BODIES[more as usize % 4].into(),
                error: None,
            },
            _ => {
                engine.handle_timeout(Instant(now));
                continue;
            }
        };
        engine.handle_event(Instant(now), event);
        for command in engine.take_step().commands {
            assert!(!done, "an order after Done");
            done = matches!(command, Command::Done { .. });
        }
    }
});
