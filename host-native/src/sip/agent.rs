//! The socket, and what arrives on it.

use super::{
    Invitation, SipError, header,
    inspector::{ALLOW, Inspector},
    socket::Socket,
};
use patchcord_core::wire;
use rsipstack::{
    EndpointBuilder,
    dialog::{DialogId, dialog::Dialog, dialog_layer::DialogLayer},
    sip::{Header, HeadersExt, Method, StatusCode},
    transaction::{Endpoint, endpoint::EndpointOption, transaction::Transaction},
    transport::{
        SipAddr, TransportLayer,
        udp::{UdpConnection, UdpInner},
    },
};
use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio_util::sync::CancellationToken;

/// Datagrams the kernel may hold for us while all cores are busy.
const RECEIVE_BUFFER: usize = 4 << 20;

/// How a user agent is started.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Where it listens; port 0 lets the system choose.
    pub listen: SocketAddr,
    /// Its name in `User-Agent`.
    pub name: String,
}

/// A SIP user agent on one UDP socket. Cheap to clone.
#[derive(Clone)]
pub struct UserAgent {
    pub(super) agent: Arc<Agent>,
}

pub(super) struct Agent {
    endpoint: Endpoint,
    pub(super) layer: Arc<DialogLayer>,
    pub(super) local: SocketAddr,
    pub(super) inspector: Inspector,
    /// `X-` headers of a BYE, from its arrival until the leg reports its end.
    byes: Mutex<BTreeMap<String, Vec<wire::Header>>>,
    stop: CancellationToken,
}

impl UserAgent {
    /// Binds the socket and begins to listen. Calls that come in are handed out in order.
    pub async fn start(setting: Setting) -> Result<(UserAgent, UnboundedReceiver<Invitation>), SipError> {
        let bind = |error: std::io::Error| SipError::Bind(setting.listen, error.to_string());
        let stack = |error: rsipstack::Error| SipError::Stack(error.to_string());

        let socket = std::net::UdpSocket::bind(setting.listen).map_err(bind)?;
        socket.set_nonblocking(true).map_err(bind)?;
        // The kernel may give less; then we have less.
        let _ = socket2::SockRef::from(&socket).set_recv_buffer_size(RECEIVE_BUFFER);
        let socket = tokio::net::UdpSocket::from_std(socket).map_err(bind)?;
        let local = rsipstack::transport::SipConnection::resolve_bind_address(socket.local_addr().map_err(bind)?);

        let stop = CancellationToken::new();
        let address = SipAddr { r#type: Some(rsipstack::sip::Transport::Udp), addr: local.into() };
        let inner = UdpInner { conn: Arc::new(Socket(socket)), addr: address };
        let connection = UdpConnection::attach(inner, None, Some(stop.child_token())).await;
        let transports = TransportLayer::new(stop.clone());
        transports.add_transport(connection.into());

        let inspector = Inspector::default();
        let endpoint = EndpointBuilder::new()
            .with_user_agent(&setting.name)
            .with_transport_layer(transports)
            .with_cancel_token(stop.clone())
            .with_inspector(Box::new(inspector.clone()))
            .with_option(EndpointOption { callid_suffix: Some("patchcord".into()), ..EndpointOption::default() })
            .build();
        let mut requests = endpoint.incoming_transactions().map_err(stack)?;
        let serving = endpoint.inner.clone();
        tokio::spawn(async move {
            if let Err(error) = serving.serve().await {
                tracing::error!("the SIP socket is closed: {error}");
            }
        });
        let layer = Arc::new(DialogLayer::new(endpoint.inner.clone()));
        let agent = Arc::new(Agent { endpoint, layer, local, inspector, byes: Mutex::default(), stop });

        let (invitations, invited) = unbounded_channel();
        let receiving = Arc::clone(&agent);
        tokio::spawn(async move {
            while let Some(transaction) = requests.recv().await {
                tokio::spawn(Arc::clone(&receiving).receive(transaction, invitations.clone()));
            }
        });
        Ok((UserAgent { agent }, invited))
    }

    /// The address it listens on.
    #[must_use]
    pub fn local(&self) -> SocketAddr {
        self.agent.local
    }

    /// Closes the socket. Dialogs that still exist are not ended.
    pub fn close(&self) {
        self.agent.stop.cancel();
        self.agent.endpoint.shutdown();
    }

    /// Dialogs in the stack's table; 0 when every call is over.
    #[must_use]
    pub fn dialogs(&self) -> usize {
        self.agent.layer.len()
    }
}

impl Agent {
    /// Takes one request from the wire and stays with it until its transaction is terminated.
    async fn receive(self: Arc<Agent>, mut transaction: Transaction, invitations: UnboundedSender<Invitation>) {
        let method = transaction.original.method;
        let inside = transaction.original.to_header().and_then(|to| to.tag()).is_ok_and(|tag| tag.is_some());
        if method != Method::Ack
            && let Some(refusal) = gate(&transaction)
        {
            let (status, headers) = refusal;
            let _ = transaction.reply_with(status, headers, None).await;
            return drain(transaction).await;
        }
        if inside {
            self.in_dialog(&mut transaction).await;
            return drain(transaction).await;
        }
        match method {
            Method::Invite => {
                // Whoever takes it drives the transaction from here on.
                if let Some(invitation) = Invitation::new(Arc::clone(&self), transaction) {
                    let _ = invitations.send(invitation);
                }
                return;
            }
            Method::Ack => {}
            Method::Options => {
                let headers = vec![Header::Allow(ALLOW.into()), Header::Accept("application/sdp".into())];
                let _ = transaction.reply_with(StatusCode::OK, headers, None).await;
            }
            _ => {
                let _ =
                    transaction.reply_with(StatusCode::MethodNotAllowed, vec![Header::Allow(ALLOW.into())], None).await;
            }
        }
        drain(transaction).await;
    }

    async fn in_dialog(&self, transaction: &mut Transaction) {
        let method = transaction.original.method;
        match self.find(transaction).await {
            Some(Dialog::Invite(mut dialog)) => {
                if method == Method::Bye {
                    let headers = header::custom(&transaction.original.headers);
                    self.byes().insert(dialog.id().to_string(), headers);
                }
                if let Err(error) = dialog.handle(transaction).await {
                    tracing::debug!("{method} in {}: {error}", dialog.id());
                }
            }
            _ if method == Method::Ack => {}
            _ => {
                let _ = transaction.reply(StatusCode::CallTransactionDoesNotExist).await;
            }
        }
    }

    /// The dialog of a request. The stack registers the dialog of our INVITE a moment after it has
    /// sent the ACK: a request that is faster waits for that moment.
    async fn find(&self, transaction: &Transaction) -> Option<Dialog> {
        let call_id = transaction.original.call_id_header().map(|header| header.value().to_owned());
        for _ in 0..20 {
            let found = self.layer.match_dialog(transaction);
            let expected = call_id.as_ref().is_ok_and(|id| !self.layer.get_client_dialog_by_call_id(id).is_empty());
            if found.is_some() || !expected {
                return found;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        None
    }

    fn byes(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Vec<wire::Header>>> {
        self.byes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The `X-` headers of the BYE that ended a dialog.
    pub(super) fn bye_headers(&self, id: &DialogId) -> Vec<wire::Header> {
        self.byes().remove(&id.to_string()).unwrap_or_default()
    }

    /// Forgets a dialog; the stack would keep it for ever.
    pub(super) fn forget(&self, id: &DialogId) {
        self.layer.remove_dialog(id);
        self.inspector.forget(&id.call_id);
        self.byes().remove(&id.to_string());
    }
}

/// Requests that go no further.
fn gate(transaction: &Transaction) -> Option<(StatusCode, Vec<Header>)> {
    let request = &transaction.original;
    if let Some(required) = request.header_value("Require") {
        let unknown: Vec<&str> = required
            .split(',')
            .map(str::trim)
            .filter(|option| !option.is_empty() && !option.eq_ignore_ascii_case("100rel"))
            .collect();
        if !unknown.is_empty() && request.method != Method::Cancel {
            return Some((StatusCode::BadExtension, vec![Header::Unsupported(unknown.join(", ").into())]));
        }
    }
    None
}

/// Keeps a transaction alive until it is terminated, so that its final response is repeated as
/// long as it has to be. A request that nobody answered was stale.
pub(super) async fn drain(mut transaction: Transaction) {
    if transaction.last_response.is_none() && transaction.original.method != Method::Ack {
        let _ = transaction.reply(StatusCode::ServerInternalError).await;
    }
    while !transaction.is_terminated() {
        if transaction.receive().await.is_none() {
            return;
        }
    }
}
