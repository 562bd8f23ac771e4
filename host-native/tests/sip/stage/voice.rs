//! The audio beside a sipp: sends packets that can be told apart and keeps what arrives.

use super::until;
use std::{
    collections::BTreeSet,
    net::{SocketAddr, UdpSocket},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

/// Samples in a packet.
const FRAME: usize = 160;

/// One RTP endpoint.
pub(crate) struct Voice {
    socket: Arc<UdpSocket>,
    heard: Arc<Mutex<Vec<Vec<u8>>>>,
    over: Arc<AtomicBool>,
}

impl Voice {
    pub(crate) fn start() -> Voice {
        let socket = Arc::new(UdpSocket::bind("127.0.0.1:0").unwrap());
        socket.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
        let heard: Arc<Mutex<Vec<Vec<u8>>>> = Arc::default();
        let over = Arc::new(AtomicBool::new(false));
        let (receiving, keeping, ending) = (Arc::clone(&socket), Arc::clone(&heard), Arc::clone(&over));
        std::thread::spawn(move || {
            let mut bytes = [0; 2000];
            while !ending.load(Ordering::SeqCst) {
                if let Ok((length, _)) = receiving.recv_from(&mut bytes) {
                    keeping.lock().unwrap().push(bytes[..length].to_vec());
                }
            }
        });
        Voice { socket, heard, over }
    }

    pub(crate) fn port(&self) -> u16 {
        self.socket.local_addr().unwrap().port()
    }

    /// Packets so far.
    pub(crate) fn heard(&self) -> usize {
        self.heard.lock().unwrap().len()
    }

    /// Sends probes until `listener` hears one, so that the path is known to be open.
    pub(crate) fn open_path(&self, to: SocketAddr, listener: &Voice) {
        let before = listener.heard();
        let mut sequence = 0u16;
        until("an open audio path", || {
            self.socket.send_to(&packet(sequence, 0xff, 0), to).unwrap();
            sequence += 1;
            std::thread::sleep(Duration::from_millis(15));
            (listener.heard() > before).then_some(())
        });
    }

    /// Says `count` packets that belong to `topic`, at the pace of speech, and checks that
    /// `listener` hears every one of them, unchanged and in one unbroken stream.
    pub(crate) fn say(&self, to: SocketAddr, listener: &Voice, topic: u8, count: u8) {
        for index in 0..count {
            self.socket.send_to(&packet(1000 + u16::from(index), topic, index), to).unwrap();
            std::thread::sleep(Duration::from_millis(20));
        }
        let expected: Vec<Vec<u8>> = (0..count).map(|index| payload(topic, index)).collect();
        until(&format!("{count} packets about {topic}"), || {
            (listener.about(topic).len() >= expected.len()).then_some(())
        });
        let got = listener.about(topic);
        assert_eq!(got.len(), expected.len(), "packets about {topic}");
        for (got, expected) in got.iter().zip(&expected) {
            assert_eq!(&got[12..], expected.as_slice());
        }
        unbroken(&got);
    }

    /// The payloads of all packets, in order of arrival.
    pub(crate) fn payloads(&self) -> Vec<Vec<u8>> {
        self.heard.lock().unwrap().iter().map(|packet| packet[12..].to_vec()).collect()
    }

    /// Checks that everything heard was one RTP stream without a gap in its sequence.
    pub(crate) fn heard_one_unbroken_stream(&self) {
        unbroken(&self.heard.lock().unwrap());
    }

    fn about(&self, topic: u8) -> Vec<Vec<u8>> {
        self.heard.lock().unwrap().iter().filter(|packet| packet.len() > 13 && packet[12] == topic).cloned().collect()
    }
}

impl Drop for Voice {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
    }
}

fn unbroken(packets: &[Vec<u8>]) {
    let number = |packet: &Vec<u8>| u16::from_be_bytes([packet[2], packet[3]]);
    assert!(packets.windows(2).all(|pair| number(&pair[1]) == number(&pair[0]).wrapping_add(1)));
    let sources: BTreeSet<&[u8]> = packets.iter().map(|packet| &packet[8..12]).collect();
    assert_eq!(sources.len(), 1, "one stream");
}

fn payload(topic: u8, index: u8) -> Vec<u8> {
    let mut payload = vec![topic, index];
    payload.extend((2..FRAME).map(|at| (at as u8).wrapping_mul(3).wrapping_add(index)));
    payload
}

fn packet(sequence: u16, topic: u8, index: u8) -> Vec<u8> {
    let mut packet = vec![0x80, 0];
    packet.extend(sequence.to_be_bytes());
    packet.extend((u32::from(sequence) * FRAME as u32).to_be_bytes());
    packet.extend(0x5157_0000_u32.wrapping_add(u32::from(topic)).to_be_bytes());
    packet.extend(payload(topic, index));
    packet
}
