//! A guest that loops for ever or asks for 1 GiB is stopped: its call alone ends.

use crate::stage::{Folder, Role, Serve, Sipp, Voice, no_sipp};

/// Answers every call, counts its keys, and breaks the contract when it is asked to: 9 loops for
/// ever, 8 asks for 1 GiB.
const GUEST: &str = r#"(module
  (import "patchcord_v1" "answer" (func $answer (param i32 i32 i32)))
  (import "patchcord_v1" "stop" (func $stop (param i32 i32 i32)))
  (memory (export "memory") 2)
  (global $calls (mut i32) (i32.const 0))
  (data (i32.const 100) "{\"ok\":{\"program\":1,\"dialect\":\"swml\",\"diagnostics\":[]}}")
  (data (i32.const 200) "{\"ok\":{\"call\":0,\"deadline\":null,\"trace\":[]}}")
  (data (i32.const 300) "{\"name\":\"stop\",\"leg\":\"a\",\"media\":0}")
  (data (i32.const 400) "{\"name\":\"answer\",\"leg\":\"a\"}")
  (func (export "abi") (result i32) (i32.const 65536))
  (func (export "alloc") (param i32) (result i32) (i32.const 8192))
  (func (export "free") (param i32 i32))
  (func (export "program_load") (param i32 i32) (result i64)
    (i64.or (i64.shl (i64.const 100) (i64.const 32)) (i64.const 54)))
  (func $reply (param $call i32) (result i64)
    (i32.store8 (i32.const 214) (i32.add (i32.const 48) (local.get $call)))
    (i64.or (i64.shl (i64.const 200) (i64.const 32)) (i64.const 44)))
  (func (export "call_open") (param i32 i32 i32) (result i64)
    (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
    (call $answer (global.get $calls) (i32.const 400) (i32.const 27))
    (call $reply (global.get $calls)))
  (func (export "call_event") (param $call i32) (param $at i32) (param $length i32) (result i64)
    (local $key i32) (local $count i32)
    (local.set $key (i32.load8_u (i32.sub (i32.add (local.get $at) (local.get $length)) (i32.const 4))))
    (if (i32.eq (local.get $key) (i32.const 57)) (then (loop $ever (br $ever))))
    (if (i32.eq (local.get $key) (i32.const 56)) (then (drop (memory.grow (i32.const 16384)))))
    (local.set $count (i32.add (i32.const 1) (i32.load (i32.shl (local.get $call) (i32.const 2)))))
    (i32.store (i32.shl (local.get $call) (i32.const 2)) (local.get $count))
    (i32.store8 (i32.const 333) (i32.add (i32.const 48) (local.get $count)))
    (call $stop (local.get $call) (i32.const 300) (i32.const 35))
    (call $reply (local.get $call)))
  (func (export "call_timeout") (param $call i32) (param i64) (result i64) (call $reply (local.get $call)))
  (func (export "call_close") (param i32)))"#;

#[test]
fn a_runaway_guest_ends_its_call_alone_and_the_host_goes_on() {
    if no_sipp() {
        return;
    }
    for (key, why) in [('9', "too long"), ('8', "more memory")] {
        let folder = Folder::new("trap");
        let flow = folder.file("flow.json", r#"{"version":"1.0.0","sections":{"main":["answer"]}}"#);
        let guest = folder.0.join("guest.wasm");
        std::fs::write(&guest, wat::parse_str(GUEST).unwrap()).unwrap();
        let options = ["--guest", guest.to_str().unwrap(), "--memory-mib", "16", "--input-ms", "400"];
        let mut host = Serve::start(flow.to_str().unwrap(), &options);
        let voice = Voice::start();

        let mut good = Sipp::call(Role::CallsAndPresses('1'), "100", host.address, &voice);
        good.said("ACKED");
        let mut bad = Sipp::call(Role::CallsAndPresses(key), "100", host.address, &voice);
        bad.said("ACKED");
        good.nudge();
        host.wait_for_line(&["#1", "stop clip 1 of a"]);

        // Its call ends with a BYE, and is reported.
        bad.nudge();
        bad.done();
        host.wait_for_line(&["#2", "stopped", why]);
        assert!(host.is_alive());
        assert!(host.resident_kb() < 512 * 1024, "{} kB", host.resident_kb());
        let journal = std::fs::read_to_string(&host.journals()[1]).unwrap();
        assert!(journal.lines().last().unwrap().contains("\"stopped\""), "{journal}");

        // The other call of the instance was restored from its journal: it still counts.
        good.nudge();
        host.wait_for_line(&["#1", "restored"]);
        host.wait_for_line(&["#1", "stop clip 2 of a"]);

        // And new calls are taken.
        let mut fresh = Sipp::call(Role::CallsAndPresses('1'), "100", host.address, &voice);
        fresh.said("ACKED");
        fresh.nudge();
        host.wait_for_line(&["#3", "stop clip 1 of a"]);
        // The first order drains, the second hangs up those two.
        host.hang_up_all();
        good.done();
        fresh.done();
    }
}
