//! Streams that talk to each other over loopback sockets.

use super::*;
use crate::hooks::Hooks;
use patchcord_core::{time::Millis, wire::Clip};
use std::{sync::Arc, time::Duration};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

fn ports() -> Ports {
    let loopback = IpAddr::from([127, 0, 0, 1]);
    Ports::new(loopback, loopback, None)
}

fn clips() -> Arc<Clips> {
    Arc::new(Clips::new(Hooks::new().unwrap().client()))
}

async fn open() -> (Stream, UnboundedReceiver<Fact>) {
    let (facts, heard) = unbounded_channel();
    let facts = Report::new(move |fact| drop(facts.send(fact)));
    (ports().open(facts).await.unwrap(), heard)
}

async fn connect(near: &Stream, far: &Stream, codec: Codec) {
    let answer = far.answer(&near.offer(&[codec])).unwrap();
    near.accept(&answer).unwrap();
}

/// Waits until a condition holds, for at most five seconds.
async fn until(what: &str, condition: impl Fn() -> bool) {
    let end = tokio::time::Instant::now() + Duration::from_secs(5);
    while !condition() {
        assert!(tokio::time::Instant::now() < end, "never: {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn a_play_is_heard_paced_and_reported() {
    let ((ours, mut facts), (phone, _keep)) = (open().await, open().await);
    connect(&ours, &phone, Codec::Pcma).await;
    let clips = clips();
    let begun = std::time::Instant::now();
    ours.play(MediaId(3), Clip::Silence { ms: Millis(200) }, 0.0, clips);
    let Some(Fact::Played { media: MediaId(3), result, .. }) = facts.recv().await else { unreachable!() };
    assert_eq!(result, MediaResult::Finished);
    assert!(begun.elapsed() >= Duration::from_millis(190));
    until("ten packets", || phone.counters().received == 10).await;
}

#[tokio::test]
async fn a_stopped_play_says_so_and_a_closed_stream_stops_all() {
    let (ours, mut facts) = open().await;
    let clips = clips();
    let endless = Clip::Ring { country: "us".into(), ms: Some(Millis(60_000)) };
    ours.play(MediaId(1), endless.clone(), 0.0, Arc::clone(&clips));
    ours.stop(MediaId(1));
    ours.stop(MediaId(9));
    assert_eq!(facts.recv().await, Some(Fact::Played { media: MediaId(1), result: MediaResult::Stopped, error: None }));
    ours.play(MediaId(2), endless, 0.0, Arc::clone(&clips));
    ours.close();
    assert_eq!(facts.recv().await, Some(Fact::Played { media: MediaId(2), result: MediaResult::Stopped, error: None }));
}

#[tokio::test]
async fn a_missing_file_fails_in_words() {
    let (ours, mut facts) = open().await;
    let clip = Clip::Audio { url: "file:/nonexistent.wav".into() };
    ours.play(MediaId(1), clip, 0.0, clips());
    let Some(Fact::Played { result, error, .. }) = facts.recv().await else { unreachable!() };
    assert_eq!(result, MediaResult::Failed);
    assert!(error.unwrap().contains("cannot read /nonexistent.wav"));
}

#[tokio::test]
async fn bridged_legs_hear_each_other_in_their_own_codec_and_keys_pass() {
    let ((a, mut a_facts), (b, mut b_facts)) = (open().await, open().await);
    let ((ada, _k1), (bob, mut bob_facts)) = (open().await, open().await);
    connect(&a, &ada, Codec::Pcmu).await;
    connect(&b, &bob, Codec::Pcma).await;
    a.feed(&b);
    b.feed(&a);
    let clips = clips();
    ada.play(MediaId(1), Clip::Silence { ms: Millis(100) }, 0.0, Arc::clone(&clips));
    until("bob hears ada", || bob.counters().received == 5).await;
    assert_eq!(a.counters().received, 5);
    bob.play(MediaId(1), Clip::Silence { ms: Millis(100) }, 0.0, clips);
    until("ada hears bob", || ada.counters().received == 5).await;

    ada.press('#');
    assert_eq!(a_facts.recv().await, Some(Fact::Key('#')));
    loop {
        match bob_facts.recv().await {
            Some(Fact::Key(key)) => break assert_eq!(key, '#'),
            Some(Fact::Played { .. }) => {}
            None => unreachable!(),
        }
    }
    assert!(b_facts.try_recv().is_err());
    a.unfeed(&b);
    ada.press('1');
    assert_eq!(a_facts.recv().await, Some(Fact::Key('1')));
    assert_eq!(b.counters().sent, 11);
}

#[tokio::test]
async fn keys_are_sent_one_after_the_other_and_reported() {
    let ((ours, mut our_facts), (phone, mut facts)) = (open().await, open().await);
    connect(&ours, &phone, Codec::Pcmu).await;
    ours.send_digits(MediaId(7), "1w2#".into());
    for key in ['1', '2', '#'] {
        assert_eq!(facts.recv().await, Some(Fact::Key(key)));
    }
    let sent = Fact::Played { media: MediaId(7), result: MediaResult::Finished, error: None };
    assert_eq!(our_facts.recv().await, Some(sent));
    ours.send_digits(MediaId(8), "WWWW".into());
    ours.stop(MediaId(8));
    let stopped = Fact::Played { media: MediaId(8), result: MediaResult::Stopped, error: None };
    assert_eq!(our_facts.recv().await, Some(stopped));
}

#[tokio::test]
async fn nobody_else_can_speak_into_a_stream() {
    let ((ours, mut facts), (phone, _keep)) = (open().await, open().await);
    connect(&ours, &phone, Codec::Pcmu).await;
    let stranger = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let mut packet = vec![0x80, 101, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1];
    packet.extend([1, 0x8a, 0, 160]);
    for _ in 0..20 {
        stranger.send_to(&packet, ours.local()).await.unwrap();
    }
    until("all refused", || ours.counters().refused == 20).await;
    assert_eq!(ours.counters().received, 0);
    assert!(facts.try_recv().is_err());
}

#[tokio::test]
async fn speech_is_heard_or_its_absence_is_explained() {
    let clip = Clip::Say {
        text: "Good morning, -v is no option.".into(),
        voice: None,
        language: Some("en-GB".into()),
        gender: None,
    };
    match clips().load(&clip).await {
        Ok(sound) => assert!(sound.length() > 8000, "{}", sound.length()),
        Err(error) => assert!(error.contains("install `espeak-ng`"), "{error}"),
    }
}
