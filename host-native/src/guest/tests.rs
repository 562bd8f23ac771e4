//! Guests of a few lines that keep the contract, until they are told to break it.

use super::*;
use patchcord_core::{
    id::LegId,
    wire::{Application, Caller, Command, Source, Start},
};
use std::time::{Duration, Instant as Clock};

/// Counts the keys of each call and orders `stop` with the count; 9 loops for ever, 8 asks for
/// 1 GiB, 7 traps after it gave an order, 6 recurses.
pub(crate) const COUNTER: &str = r#"(module
  (import "patchcord_v1" "stop" (func $stop (param i32 i32 i32)))
  (memory (export "memory") 2)
  (global $calls (mut i32) (i32.const 0))
  (data (i32.const 100) "{\"ok\":{\"program\":1,\"dialect\":\"swml\",\"diagnostics\":[]}}")
  (data (i32.const 200) "{\"ok\":{\"call\":0,\"deadline\":500,\"trace\":[]}}")
  (data (i32.const 300) "{\"name\":\"stop\",\"leg\":\"a\",\"media\":0}")
  (func (export "abi") (result i32) (i32.const 65536))
  (func (export "alloc") (param i32) (result i32) (i32.const 8192))
  (func (export "free") (param i32 i32))
  (func (export "program_load") (param i32 i32) (result i64)
    (i64.or (i64.shl (i64.const 100) (i64.const 32)) (i64.const 54)))
  (func $reply (param $call i32) (result i64)
    (i32.store8 (i32.const 214) (i32.add (i32.const 48) (local.get $call)))
    (i64.or (i64.shl (i64.const 200) (i64.const 32)) (i64.const 43)))
  (func (export "call_open") (param i32 i32 i32) (result i64)
    (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
    (call $reply (global.get $calls)))
  (func $deep (param i32) (result i32) (i32.add (i32.const 1) (call $deep (local.get 0))))
  (func (export "call_event") (param $call i32) (param $at i32) (param $length i32) (result i64)
    (local $key i32) (local $count i32)
    (local.set $key (i32.load8_u (i32.sub (i32.add (local.get $at) (local.get $length)) (i32.const 4))))
    (if (i32.eq (local.get $key) (i32.const 57)) (then (loop $ever (br $ever))))
    (if (i32.eq (local.get $key) (i32.const 56)) (then (drop (memory.grow (i32.const 16384)))))
    (if (i32.eq (local.get $key) (i32.const 54)) (then (drop (call $deep (i32.const 1)))))
    (local.set $count (i32.add (i32.const 1) (i32.load (i32.shl (local.get $call) (i32.const 2)))))
    (i32.store (i32.shl (local.get $call) (i32.const 2)) (local.get $count))
    (i32.store8 (i32.const 333) (i32.add (i32.const 48) (local.get $count)))
    (call $stop (local.get $call) (i32.const 300) (i32.const 35))
    (if (i32.eq (local.get $key) (i32.const 55)) (then unreachable))
    (call $reply (local.get $call)))
  (func (export "call_timeout") (param $call i32) (param i64) (result i64) (call $reply (local.get $call)))
  (func (export "call_close") (param i32)))"#;

pub(crate) fn start() -> Start {
    Start {
        source: Source::Document { text: "{}".into(), url: None },
        dialect: None,
        now: Instant::ZERO,
        unix_ms: 0,
        seed: 1,
        caller: Caller::default(),
        application: Application::default(),
        limits: patchcord_core::wire::Limits::default(),
        quiet: false,
    }
}

fn flow(calls_per_instance: usize) -> GuestFlow {
    let wasm = wat::parse_str(COUNTER).unwrap();
    let code = Code::load(&wasm, Limits { memory: 16 << 20, input: Duration::from_millis(400) }, None).unwrap();
    GuestFlow::new(code, start().source, None, calls_per_instance)
}

fn press(engine: &mut dyn CallEngine, digit: char) -> Result<Step, EngineError> {
    engine.event(Instant(1), &Event::Digit { leg: LegId::CALLER, digit })
}

/// The count in the order of a step.
fn count(step: Result<Step, EngineError>) -> u32 {
    match step.unwrap().commands.as_slice() {
        [Command::Stop { media, .. }] => media.0,
        other => panic!("{other:?}"),
    }
}

fn opened(flow: &GuestFlow) -> Seat {
    let mut seat = flow.seat().unwrap();
    let step = seat.open(&start()).unwrap();
    assert_eq!((step.commands.len(), step.deadline), (0, Some(Instant(500))));
    seat
}

#[test]
fn calls_share_an_instance_and_keep_their_own_state() {
    let flow = flow(3);
    let (mut one, mut two) = (opened(&flow), opened(&flow));
    assert_eq!((count(press(&mut one, '1')), count(press(&mut one, '1')), count(press(&mut two, '1'))), (1, 2, 1));
    assert!(one.shares_with(&two));
    let (three, four) = (opened(&flow), opened(&flow));
    assert!(one.shares_with(&three));
    assert!(!one.shares_with(&four));
    assert_eq!(two.timeout(Instant(500)).unwrap().commands, []);
}

#[test]
fn one_call_per_instance_is_the_strictest_setting() {
    let flow = flow(1);
    let (first, second) = (opened(&flow), opened(&flow));
    assert!(!first.shares_with(&second));
}

#[test]
fn a_trap_ends_one_call_and_the_others_are_lost_until_restored() {
    for (key, reason) in [
        ('9', "it took too long over one input"),
        ('8', "it asked for more memory than it may have"),
        ('7', "wasm trap: wasm `unreachable` instruction executed"),
        ('6', "it recursed too deeply"),
    ] {
        let flow = flow(10);
        let (mut bad, mut good) = (opened(&flow), opened(&flow));
        assert_eq!(count(press(&mut good, '1')), 1);
        let begun = Clock::now();
        assert_eq!(press(&mut bad, key), Err(EngineError::Trapped(reason.into())));
        assert!(begun.elapsed() < Duration::from_secs(2));
        assert_eq!(press(&mut bad, '1'), Err(EngineError::Lost));
        assert_eq!(press(&mut good, '1'), Err(EngineError::Lost));
        let mut restored = opened(&flow);
        assert_eq!(count(press(&mut restored, '1')), 1);
        assert_eq!(count(press(&mut restored, '1')), 2);
    }
}

#[test]
fn a_compiled_guest_is_kept_and_found_again() {
    let folder = std::env::temp_dir().join(format!("patchcord-code-{}", std::process::id()));
    let wasm = wat::parse_str(COUNTER).unwrap();
    let limits = Limits::default();
    for expected in [1, 1] {
        Code::load(&wasm, limits, Some(&folder)).unwrap();
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), expected);
    }
    // A broken file is no obstacle.
    let file = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    std::fs::write(&file, b"nonsense").unwrap();
    let flow = GuestFlow::new(Code::load(&wasm, limits, Some(&folder)).unwrap(), start().source, None, 1);
    assert_eq!(count(press(&mut opened(&flow), '1')), 1);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn strangers_are_refused() {
    let load = |text: &str| {
        Code::load(&wat::parse_str(text).unwrap(), Limits::default(), None)
            .and_then(|code| Instance::new(&code).map(drop))
    };
    let wrong = COUNTER.replace("(i32.const 65536)", "(i32.const 131077)");
    assert_eq!(load(&wrong), Err(GuestError::Abi(2, 5)));
    let Err(GuestError::Load(reason)) = load(r#"(module (import "env" "clock" (func)))"#) else { panic!() };
    assert!(reason.contains("clock"), "{reason}");
    assert!(matches!(Code::load(b"hello", Limits::default(), None), Err(GuestError::Load(_))));
}
